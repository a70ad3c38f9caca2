import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { textAt } from "@/lib/stream/turn/json-read";

/** Separates the choice that is shown from others that were asked for by `n` and are not shown. */
export type Choices = {
  /** What the choices of one chunk say for the shown one, in order. */
  readonly take: (choices: readonly JsonObject[]) => readonly JsonObject[];
  /** The answer is over: what was held turned out to belong to it. */
  readonly flush: () => readonly JsonObject[];
};

/** Another index is held until the first one comes back, or so much came that it never will. */
const MOST_HELD = 64;
const MOST_INDEXES = 8;

/**
 * Some servers count the index up with every chunk, or begin at 1. So with one choice a chunk the index says
 * nothing, until an index comes back after another one: then two choices are open at once.
 */
export function openChoices(finishField: string, onMore: () => void): Choices {
  let shown: Json | undefined;
  let state: "one" | "drifting" | "many" = "one";
  let isFinished = false;
  let held: JsonObject[] = [];

  const keep = (choice: JsonObject): readonly JsonObject[] => {
    isFinished ||= textAt(choice, finishField) !== null;
    return [choice];
  };
  const release = (): readonly JsonObject[] => {
    const released = held;
    held = [];
    return released;
  };
  const foundMany = (): void => {
    state = "many";
    held = [];
    onMore();
  };
  const takeOne = (choice: JsonObject): readonly JsonObject[] => {
    const index = indexOf(choice, 0);
    shown ??= index;
    if (index === shown) {
      if (held.length > 0) foundMany();
      return keep(choice);
    }
    if (state === "drifting") return keep(choice);
    // What comes at another index once the answer is finished is another answer.
    if (state === "many" || isFinished) {
      foundMany();
      return [];
    }
    held.push(choice);
    if (held.length < MOST_HELD && new Set(held.map((each) => indexOf(each, 0))).size < MOST_INDEXES)
      return [];
    state = "drifting";
    return release();
  };

  return {
    take: (choices) => {
      const [first] = choices;
      if (first === undefined) return [];
      if (choices.length === 1) return takeOne(first);
      shown ??= choices.some((choice, at) => indexOf(choice, at) === 0) ? 0 : indexOf(first, 0);
      const own = choices.filter((choice, at) => indexOf(choice, at) === shown);
      if (own.length < choices.length) foundMany();
      return own.flatMap(keep);
    },
    flush: release,
  };
}

/** `at`: its place in the chunk, for servers that do not count. */
function indexOf(choice: JsonObject, at: number): Json {
  return choice["index"] ?? at;
}
