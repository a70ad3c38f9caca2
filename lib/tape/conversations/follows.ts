/** Which recorded request goes on from which: the one rule for reading conversations and for writing them. Pure. */
import { sendableCalls, sentArguments } from "@/lib/providers/dialects/shared/past-calls";
import { calledName } from "@/lib/stream/turn/called-name";
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import { asObject, parseJson, textAt, writeJson } from "@/lib/stream/turn/json-read";
import type { Step } from "@/lib/stream/turn/turn";

import { itemKey, plainText, type RecordedResult, type RequestItem, requestItems } from "./request-items";

/** A request as it was sent, with the step that its answer gives. */
export type Told = {
  /** null where the request is not JSON with messages. */
  readonly items: readonly RequestItem[] | null;
  /** The key of each item. */
  readonly keys: readonly string[];
  /** The answer before this request, where it names one instead of holding its messages. */
  readonly previousResponse: string | null;
  /** Server, model and settings as one text. */
  readonly settings: string;
  readonly step: Step;
};

/** How a request goes on from the answer of an earlier one, which stands at `after`. */
export type Follow = {
  readonly after: number;
  /** "step": with results alone, in the same turn. "turn": a person said more. */
  readonly how: "step" | "turn";
  /** What the calls of the earlier answer got, in their order. */
  readonly results: readonly RecordedResult[];
  /** Whether answers stand between the two that were not recorded. */
  readonly skips: boolean;
};

/** A recorded request, read for `findFollows`. */
export function toldOf(request: { readonly url: string; readonly body: string; readonly step: Step }): Told {
  const body = asObject(parseJson(request.body));
  const settings = Object.entries(body ?? {}).filter(([field]) => !SAID.has(field));
  const [address = ""] = request.url.split(/[?#]/u, 1);
  const items = body === null ? null : requestItems(body);
  return {
    items,
    keys: (items ?? []).map(itemKey),
    previousResponse: body === null ? null : textAt(body, "previous_response_id"),
    settings: canonicalJson(writeJson([address, Object.fromEntries(settings)])),
    step: request.step,
  };
}

/** Fields in which two requests of one lane differ. */
const SAID = new Set([
  "messages",
  "input",
  "contents",
  "previous_response_id",
  "prompt_cache_key",
  "metadata",
  "user",
]);

/** A place in the tree of all that was said: each path from the root is the beginning of a conversation. */
type Place = {
  readonly next: Map<string, Place>;
  /** Requests that end here, by what was answered. */
  readonly answered: Map<string, number[]>;
  /** The same by the names of the calls: their arguments may go back changed. */
  readonly called: Map<string, number[]>;
};

/**
 * For each request what it goes on from: the earlier one whose messages and answer it begins with, the longest of
 * them; null where there is none. Of equal ones that with the same settings, then one that nothing goes on from yet.
 */
export function findFollows(told: readonly Told[]): readonly (Follow | null)[] {
  const root = newPlace();
  const followed = new Set<number>();
  const responses = new Map<string, number>();
  const callIds = new Map<string, number>();

  const choose = (found: readonly number[] | undefined, settings: string): number | null => {
    if (found === undefined) return null;
    const equal = found.filter((each) => told[each]?.settings === settings);
    const from = equal.length > 0 ? equal : found;
    return from.find((each) => !followed.has(each)) ?? from.at(-1) ?? null;
  };

  const findBefore = (
    items: readonly RequestItem[],
    { keys, settings }: Pick<Told, "keys" | "settings">,
  ): Follow | null => {
    let best: Follow | null = null;
    let place: Place | undefined = root;
    for (let at = 0; at < items.length && place !== undefined; at += 1) {
      if (place.answered.size > 0) {
        const run = modelRun(items, at);
        const after =
          choose(place.answered.get(saidKey(run)), settings) ??
          (hasCalls(run) ? choose(place.called.get(namesKey(run)), settings) : null);
        if (after !== null) best = followAt(after, items.slice(at + run.length));
      }
      place = place.next.get(keys[at] ?? "");
    }
    return best;
  };

  /** By the ids of the calls that its last results answer, where the messages before them were cut or changed. */
  const findByIds = (items: readonly RequestItem[], settings: string): Follow | null => {
    const rest = items.slice(items.findLastIndex(({ by }) => by === "model") + 1);
    const ids = resultsAtStart(rest).map(({ callId }) => (callId === null ? undefined : callIds.get(callId)));
    const [after] = ids;
    const isOne = after !== undefined && ids.every((each) => each === after);
    return isOne && told[after]?.settings === settings ? followAt(after, rest) : null;
  };

  return told.map(({ items, keys, previousResponse, settings, step }, index) => {
    const named = previousResponse === null ? undefined : responses.get(previousResponse);
    const follow =
      items === null
        ? null
        : named === undefined
          ? (findBefore(items, { keys, settings }) ?? findByIds(items, settings))
          : followAt(named, items);
    if (follow !== null) followed.add(follow.after);
    if (step.responseId !== null) responses.set(step.responseId, index);
    const calls = step.parts.filter((part) => part.type === "tool-call");
    for (const { callId } of calls) if (callId !== null) callIds.set(callId, index);
    if (items !== null && previousResponse === null) addAnswer(root, keys, stepItems(step), index);
    return follow;
  });
}

function newPlace(): Place {
  return { next: new Map(), answered: new Map(), called: new Map() };
}

function addAnswer(
  root: Place,
  keys: readonly string[],
  answer: readonly RequestItem[],
  index: number,
): void {
  let place = root;
  for (const key of keys) {
    const next = place.next.get(key) ?? newPlace();
    place.next.set(key, next);
    place = next;
  }
  push(place.answered, saidKey(answer), index);
  if (hasCalls(answer)) push(place.called, namesKey(answer), index);
}

function push(lists: Map<string, number[]>, key: string, index: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [index]);
  else list.push(index);
}

/** The items that stand for an answer where it is sent back. */
function stepItems(step: Step): readonly RequestItem[] {
  const text = step.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  const calls = sendableCalls(step, () => undefined).map((call): RequestItem => ({
    by: "model",
    call: { name: calledName(call), args: canonicalJson(sentArguments(call)) },
  }));
  return [{ by: "model", text }, ...calls];
}

function modelRun(items: readonly RequestItem[], from: number): readonly RequestItem[] {
  let to = from;
  while (items[to]?.by === "model") to += 1;
  return items.slice(from, to);
}

/** What an answer says: its text, and its calls in their order. */
function saidKey(items: readonly RequestItem[]): string {
  const text = items.map((item) => ("text" in item ? item.text : "")).join("");
  const calls = items.flatMap((item) => ("call" in item ? [[item.call.name, item.call.args]] : []));
  return JSON.stringify([plainText(text), calls]);
}

function namesKey(items: readonly RequestItem[]): string {
  return JSON.stringify(items.flatMap((item) => ("call" in item ? [item.call.name] : [])));
}

function hasCalls(items: readonly RequestItem[]): boolean {
  return items.some((item) => "call" in item);
}

/** `rest`: what the request says behind the answer. */
function followAt(after: number, rest: readonly RequestItem[]): Follow {
  return {
    after,
    how: rest.some(({ by }) => by === "person") ? "turn" : "step",
    results: resultsAtStart(rest),
    skips: rest.some(({ by }) => by === "model"),
  };
}

function resultsAtStart(items: readonly RequestItem[]): readonly RecordedResult[] {
  const end = items.findIndex(({ by }) => by !== "tool");
  return items
    .slice(0, end === -1 ? items.length : end)
    .flatMap((item) => (item.by === "tool" ? [item.result] : []));
}
