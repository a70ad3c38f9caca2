/** What a foreign file gives and takes: the exchanges in it, or words for why there are none. */
import type { Exchange } from "@/lib/tape/exchange";

/** The formats that are read, by id, with what each is called. */
export const READ_FORMATS = {
  "go-vcr": "go-vcr recording",
  har: "HAR file",
  sse: "event stream",
  json: "JSON answer",
  aimock: "aimock fixture",
  "openai-messages": "OpenAI messages",
} as const;

export type ReadFormat = keyof typeof READ_FORMATS;

/** Exchanges in their order, or why the file is refused, as a sentence that names the place. */
export type ReadFile =
  | {
      readonly ok: true;
      readonly exchanges: readonly FoundExchange[];
      /** What was guessed, made up or left out, one sentence each. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

export type FoundExchange = {
  readonly exchange: Exchange;
  /** Why this exchange cannot be replayed, as a sentence; null where it can. Its bytes are kept either way. */
  readonly refusal: string | null;
};

/** A file in a foreign format, and what of the exchanges that format cannot hold, one sentence each. */
export type WrittenFile<Content extends string | Uint8Array<ArrayBuffer> = string> = {
  readonly content: Content;
  readonly losses: readonly string[];
};

/** Exchanges of one file. */
export const MOST_EXCHANGES = 10_000;

/** Whole days are no pause of a model: longer times were never measured. In µs. */
export const LONGEST_US = 24 * 60 * 60 * 1e6;

/** Refuses a file. */
export function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

/** Collects notes; the same sentence twice counts once. */
export function openNotes(): { readonly add: (note: string) => void; readonly all: () => readonly string[] } {
  const notes = new Set<string>();
  return { add: (note) => void notes.add(note), all: () => [...notes] };
}

export type Notes = ReturnType<typeof openNotes>;

/** "entry 3", "entries 3, 5 and 7", "entries 1, 2, 3 and 12 more". Numbers count from 1. */
export function places(word: readonly [one: string, many: string], numbers: readonly number[]): string {
  const [first = 0] = numbers;
  if (numbers.length <= 1) return `${word[0]} ${String(first)}`;
  const named = numbers.length <= 4 ? numbers.slice(0, -1) : numbers.slice(0, 3);
  const rest = numbers.length <= 4 ? String(numbers.at(-1)) : `${String(numbers.length - 3)} more`;
  return `${word[1]} ${named.join(", ")} and ${rest}`;
}
