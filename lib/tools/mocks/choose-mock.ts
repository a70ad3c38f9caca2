/** Which invented result a call gets. Pure. */
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { Json } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";
import type { Mock, MockResult, MockRule } from "@/lib/tools/tool";

export type ChosenMock = {
  readonly result: MockResult;
  /** Counts from 1; null where the mock has one result for all calls. */
  readonly rule: number | null;
};

/**
 * The result for a call, or null where the mock has none and a person is asked. `before`: the arguments of the branch's
 * earlier calls of this tool, oldest first.
 */
export function chooseMock(mock: Mock, args: Json, before: readonly Json[]): ChosenMock | null {
  switch (mock.by) {
    case "fixed":
      return { result: mock.result, rule: null };
    case "arguments":
      return nthOf(
        mock.rules,
        mock.rules.findIndex(({ when }) => matches(when, args)),
      );
    case "sequence":
      return nthOf(
        mock.results.map((result) => ({ result })),
        indexInSequence(before.length, mock.results.length, mock.after),
      );
    case "recorded": {
      const wanted = textOf(args);
      const equal = mock.calls.filter((call) => textOf(call.args) === wanted);
      const earlier = before.filter((each) => textOf(each) === wanted).length;
      const found = equal[earlier];
      return found === undefined ? null : { result: found.result, rule: mock.calls.indexOf(found) + 1 };
    }
  }
}

function nthOf(rules: readonly Pick<MockRule, "result">[], index: number): ChosenMock | null {
  const rule = rules[index];
  return rule === undefined ? null : { result: rule.result, rule: index + 1 };
}

function indexInSequence(nth: number, count: number, after: "last" | "first" | "ask"): number {
  if (nth < count || count === 0) return nth;
  if (after === "ask") return -1;
  return after === "last" ? count - 1 : nth % count;
}

/**
 * Whether a call's arguments fit a rule. Objects fit when each property of the rule does, text whatever its case and
 * with "*" for any text, everything else when it is equal.
 */
export function matches(when: Json, args: Json): boolean {
  if (when === "*") return true;
  if (isObject(when)) {
    if (!isObject(args)) return false;
    return Object.entries(when).every(([key, value]) => {
      const own = Object.hasOwn(args, key) ? args[key] : undefined;
      return own === undefined ? value === null : matches(value, own);
    });
  }
  if (typeof when === "string" && typeof args === "string") return fitsPattern(when, args);
  return textOf(when) === textOf(args);
}

/** Piece by piece from the left: no regular expression that a person's text could make slow. */
function fitsPattern(pattern: string, text: string): boolean {
  const pieces = plain(pattern).split("*");
  const whole = plain(text);
  const [first = "", ...rest] = pieces;
  if (rest.length === 0) return whole === first;
  const last = rest.pop() ?? "";
  if (!whole.startsWith(first)) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = whole.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return whole.length - last.length >= from && whole.endsWith(last);
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}

function textOf(value: Json): string {
  return canonicalJson(JSON.stringify(value));
}
