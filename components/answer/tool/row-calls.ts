"use client";

import { createContext } from "react";

import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

/** A call that waits for a result, in any lane of a row. */
export type RowCall = {
  readonly turn: string;
  readonly lane: string;
  readonly stepId: string;
  readonly callId: string;
  /** What is asked: calls that ask the same may share one result. See `questionOf`. */
  readonly question: string;
  readonly tool: string;
};

/** The waiting calls of a row, and what a result given to one of them can do for the others. */
export type RowCalls = {
  readonly waiting: readonly RowCall[];
  readonly give: (
    calls: readonly RowCall[],
    output: string,
    isError: boolean,
    origin: "typed" | "example" | "run",
  ) => void;
};

/** The calls of the row that an answer stands in. */
export const RowCallsContext = createContext<RowCalls>({ waiting: [], give: () => {} });

/** The tool and its arguments as one text: equal for calls that ask the same question, however it is written. */
export function questionOf({ name, input }: ToolCallPart): string {
  return JSON.stringify([name, canonicalJson(input.trim() === "" ? "{}" : input)]);
}

/** Whom a result of this call can reach: the calls that ask the same, itself among them, and the tool's other calls. */
export function reachOf(
  call: ToolCallPart,
  waiting: readonly RowCall[],
): { readonly same: readonly RowCall[]; readonly others: readonly RowCall[]; readonly lanes: number } {
  const question = questionOf(call);
  const same = waiting.filter((other) => other.question === question);
  const others = waiting.filter((other) => other.tool === call.name && other.question !== question);
  return { same, others, lanes: new Set(same.map(({ lane }) => lane)).size };
}
