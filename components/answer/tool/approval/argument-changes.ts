import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import { readWritten, writeWritten } from "@/lib/stream/turn/written-json";

/** One difference between two JSON objects. `from` and `to` are JSON text; null = it is not there. */
export type ArgumentChange = {
  /** Keys to the value, such as `trip.days`. */
  readonly path: string;
  readonly from: string | null;
  readonly to: string | null;
};

/** Where the arguments that a call runs with differ from the model's own, in the order of the keys. Lists are compared whole. */
export function argumentChanges(own: string, edited: string): readonly ArgumentChange[] {
  const from = readWritten(own);
  // What is not JSON was repaired: the two texts are all that can be compared.
  if (from === undefined && own.trim() !== "") return [{ path: "", from: own, to: edited }];
  return changes(from, readWritten(edited), "");
}

function changes(from: Json | undefined, to: Json | undefined, path: string): readonly ArgumentChange[] {
  if (isObject(from) && isObject(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...keys].flatMap((key) =>
      changes(ownValue(from, key), ownValue(to, key), path === "" ? key : `${path}.${key}`),
    );
  }
  const texts = { from: textOf(from), to: textOf(to) };
  return texts.from === texts.to ? [] : [{ path, ...texts }];
}

function ownValue(value: Readonly<Record<string, Json>>, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function textOf(value: Json | undefined): string | null {
  return value === undefined ? null : writeWritten(value);
}
