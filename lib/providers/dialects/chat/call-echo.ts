import { sortedJson } from "@/lib/providers/dialects/shared/arguments";
import { writeJson } from "@/lib/stream/turn/json-read";
import { openPartialJson, type PartialJson } from "@/lib/stream/turn/partial-json";

import type { Call } from "./call";
import type { CallPiece } from "./call-piece";

/** Arguments that came after complete ones. They count for nothing if they say the same again. */
export type CallEcho = {
  /** The piece that began it. */
  readonly first: CallPiece;
  /** It can be a call of its own, because it came with a name, an id or an index of its own. */
  readonly mayOpen: boolean;
  readonly json: PartialJson;
  text: string;
  /** How far into the call's arguments the echo agrees with them, white space apart. */
  matched: number;
};

export function openEcho(call: Call, first: CallPiece, isOtherIndex: boolean): CallEcho {
  const hasOtherId = first.id !== null && first.id !== call.callId;
  const mayOpen = first.name !== null || hasOtherId || isOtherIndex;
  return { first, mayOpen, json: openPartialJson(), text: "", matched: 0 };
}

/** Adds to an echo: "repeats" once it said the same in full, "differs" once it cannot, "open" before. */
export function growEcho(call: Call, echo: CallEcho, input: string): "open" | "repeats" | "differs" {
  echo.text += input;
  echo.json.write(input);
  const agrees = followOn(call, echo, input);
  const state = echo.json.state();
  if (state === "broken" || (echo.mayOpen && !agrees)) return "differs";
  if (state === "open") return "open";
  return isEqual(call.json, echo.json) ? "repeats" : "differs";
}

/** Each character is compared once. White space is passed over: a server may write the same with other blanks. */
function followOn(call: Call, echo: CallEcho, input: string): boolean {
  for (const character of input.replaceAll(/\s/g, "")) {
    while (/\s/.test(call.input.charAt(echo.matched))) echo.matched += 1;
    if (!call.input.startsWith(character, echo.matched)) return false;
    echo.matched += character.length;
  }
  return true;
}

function isEqual(one: PartialJson, other: PartialJson): boolean {
  return writeJson(sortedJson(one.value() ?? null)) === writeJson(sortedJson(other.value() ?? null));
}
