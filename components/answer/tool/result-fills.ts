"use client";

import { createContext } from "react";

/** A result that stands in a field and was not sent. */
export type ResultFill = { readonly text: string; readonly isError: boolean };

type Field = { readonly stepId: string; readonly callId: string };

/** Fills one text into the fields of several calls, also where a field is not drawn yet. Each decides whether to accept it. */
export class ResultFills {
  #fields = new Map<string, Set<(fill: ResultFill) => void>>();
  #last = new Map<string, ResultFill>();

  /** Calls `onFill` with what was last filled into this call's field, and with what will be. Returns how to end it. */
  listen(field: Field, onFill: (fill: ResultFill) => void): () => void {
    const key = keyOf(field);
    const listeners = this.#fields.get(key) ?? new Set();
    this.#fields.set(key, listeners.add(onFill));
    const last = this.#last.get(key);
    if (last !== undefined) onFill(last);
    return () => {
      listeners.delete(onFill);
      if (listeners.size === 0) this.#fields.delete(key);
    };
  }

  fill(fields: readonly Field[], fill: ResultFill): void {
    for (const field of fields) {
      this.#last.set(keyOf(field), fill);
      for (const onFill of this.#fields.get(keyOf(field)) ?? []) onFill(fill);
    }
  }
}

function keyOf({ stepId, callId }: Field): string {
  return JSON.stringify([stepId, callId]);
}

/** The fields of this page. */
export const ResultFillsContext = createContext(new ResultFills());
