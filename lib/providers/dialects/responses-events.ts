import type { JsonObject } from "@/lib/stream/json";

import { readArguments } from "./chat-arguments";
import type { ItemKind, TextCarrier } from "./responses-item";
import { isPlace, type ResponsesItems } from "./responses-items";

type TextEvent = {
  readonly kind: ItemKind;
  readonly carrier: TextCarrier;
  /** The field that counts the texts of this carrier. */
  readonly index: string;
  /** Where the text is. A `delta` is a piece, any other field the whole. */
  readonly field: "delta" | "text" | "refusal" | "arguments";
};

const TEXT: Pick<TextEvent, "kind" | "carrier" | "index"> = {
  kind: "message",
  carrier: "text",
  index: "content_index",
};
const SUMMARY = { kind: "reasoning", carrier: "summary", index: "summary_index" } as const;
const CONTENT = { kind: "reasoning", carrier: "content", index: "content_index" } as const;
const ARGUMENTS = { kind: "call", carrier: "arguments", index: "" } as const;

const TEXT_EVENTS: ReadonlyMap<string, TextEvent> = new Map<string, TextEvent>([
  ["response.output_text.delta", { ...TEXT, field: "delta" }],
  ["response.output_text.done", { ...TEXT, field: "text" }],
  ["response.refusal.delta", { ...TEXT, field: "delta" }],
  ["response.refusal.done", { ...TEXT, field: "refusal" }],
  ["response.reasoning_summary_text.delta", { ...SUMMARY, field: "delta" }],
  ["response.reasoning_summary_text.done", { ...SUMMARY, field: "text" }],
  ["response.reasoning_text.delta", { ...CONTENT, field: "delta" }],
  ["response.reasoning_text.done", { ...CONTENT, field: "text" }],
  ["response.function_call_arguments.delta", { ...ARGUMENTS, field: "delta" }],
  ["response.function_call_arguments.done", { ...ARGUMENTS, field: "arguments" }],
]);

/** Events that tell nothing beyond what others tell. */
const QUIET =
  /^(?:keepalive|response\.(?:created|queued|in_progress|(?:content_part|reasoning_summary_part)\.(?:added|done)|\w+_call(?:_\w+)?\.\w+))$/;

/** Takes an event about the items of an answer; false when its type is not known. */
export function readItemEvent(type: string, event: JsonObject, items: ResponsesItems): boolean {
  const text = TEXT_EVENTS.get(type);
  if (text !== undefined) {
    readText(text, event, items);
    return true;
  }
  switch (type) {
    case "response.output_item.added":
      items.open(event);
      return true;
    case "response.output_item.done":
      items.complete(event["item"], event["output_index"]);
      return true;
    case "response.output_text.annotation.added":
      items
        .at(event, "message")
        .cite({ carrier: "text", index: indexAt(event, "content_index") }, event["annotation"] ?? null);
      return true;
    default:
      return QUIET.test(type);
  }
}

function readText(
  { kind, carrier, index, field }: TextEvent,
  event: JsonObject,
  items: ResponsesItems,
): void {
  const value = event[field];
  const text = kind === "call" ? readArguments(value) : typeof value === "string" ? value : "";
  const item = items.at(event, kind);
  const place = { carrier, index: indexAt(event, index) };
  if (field === "delta") item.grow(place, text);
  else item.settle(place, text);
}

function indexAt(event: JsonObject, field: string): number {
  const index = event[field];
  return isPlace(index) ? index : 0;
}
