import { readArguments } from "@/lib/providers/dialects/shared/arguments";
import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject, textAt } from "@/lib/stream/turn/json-read";

import type { ResponsesItem, TextCarrier, TextSlot } from "./item";
import { isOutputIndex, type ResponsesItems } from "./items";

type TextEvent = {
  /** The type of the item that it speaks of. */
  readonly item: string;
  readonly carrier: TextCarrier;
  /** The field that counts the texts of this carrier. */
  readonly index: string;
  /** Where the text is. A `delta` is a piece, any other field the whole. */
  readonly field: "delta" | "text" | "refusal" | "arguments" | "input" | "code";
};

const TEXT = { item: "message", carrier: "text", index: "content_index" } as const;
const SUMMARY = { item: "reasoning", carrier: "summary", index: "summary_index" } as const;
const CONTENT = { item: "reasoning", carrier: "content", index: "content_index" } as const;
const ASKED = { carrier: "arguments", index: "" } as const;
const FUNCTION = { ...ASKED, item: "function_call" } as const;
const CUSTOM = { ...ASKED, item: "custom_tool_call" } as const;
const MCP = { ...ASKED, item: "mcp_call" } as const;
const CODE = { ...ASKED, item: "code_interpreter_call" } as const;

const TEXT_EVENTS: ReadonlyMap<string, TextEvent> = new Map<string, TextEvent>([
  ["response.output_text.delta", { ...TEXT, field: "delta" }],
  ["response.output_text.done", { ...TEXT, field: "text" }],
  ["response.refusal.delta", { ...TEXT, field: "delta" }],
  ["response.refusal.done", { ...TEXT, field: "refusal" }],
  ["response.reasoning_summary_text.delta", { ...SUMMARY, field: "delta" }],
  ["response.reasoning_summary_text.done", { ...SUMMARY, field: "text" }],
  ["response.reasoning_text.delta", { ...CONTENT, field: "delta" }],
  ["response.reasoning_text.done", { ...CONTENT, field: "text" }],
  ["response.function_call_arguments.delta", { ...FUNCTION, field: "delta" }],
  ["response.function_call_arguments.done", { ...FUNCTION, field: "arguments" }],
  ["response.custom_tool_call_input.delta", { ...CUSTOM, field: "delta" }],
  ["response.custom_tool_call_input.done", { ...CUSTOM, field: "input" }],
  ["response.mcp_call_arguments.delta", { ...MCP, field: "delta" }],
  ["response.mcp_call_arguments.done", { ...MCP, field: "arguments" }],
  ["response.code_interpreter_call_code.delta", { ...CODE, field: "delta" }],
  ["response.code_interpreter_call_code.done", { ...CODE, field: "code" }],
]);

/** Events that only repeat what others report: states of the answer, of its items and of their pieces. */
const QUIET =
  /^(?:keepalive|response\.(?:created|queued|in_progress|(?:\w+_call|mcp_list_tools)\.(?:in_progress|searching|interpreting|generating|completed|failed|incomplete)))$/;

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
    case "response.content_part.added":
      announcePiece(event, items);
      return true;
    case "response.reasoning_summary_part.added":
      announce(
        items.at(event, "reasoning"),
        { carrier: "summary", index: indexAt(event, "summary_index") },
        event,
      );
      return true;
    case "response.content_part.done":
      readPiece(event, items);
      return true;
    case "response.reasoning_summary_part.done":
      items
        .at(event, "reasoning")
        .settle({ carrier: "summary", index: indexAt(event, "summary_index") }, pieceText(event));
      return true;
    case "response.output_text.annotation.added":
      items
        .at(event, "message")
        .cite({ carrier: "text", index: indexAt(event, "content_index") }, event["annotation"] ?? null);
      return true;
    case "response.image_generation_call.partial_image":
      readPicture(event, items);
      return true;
    default:
      return QUIET.test(type);
  }
}

function readText(
  { item: type, carrier, index, field }: TextEvent,
  event: JsonObject,
  items: ResponsesItems,
): void {
  const value = event[field];
  const text = carrier === "arguments" ? readArguments(value) : typeof value === "string" ? value : "";
  const item = items.at(event, type);
  const slot = { carrier, index: indexAt(event, index) };
  if (field === "delta") item.grow(slot, text);
  else item.settle(slot, text);
}

/** A finished content part. A server that does not stream text sends it here. */
function readPiece(event: JsonObject, items: ResponsesItems): void {
  const piece = event["part"];
  if (!isObject(piece)) return;
  const index = indexAt(event, "content_index");
  if (piece["type"] === "reasoning_text")
    items.at(event, "reasoning").settle({ carrier: "content", index }, pieceText(event));
  else items.at(event, "message").completePiece(index, piece);
}

function announcePiece(event: JsonObject, items: ResponsesItems): void {
  const isThought = isObject(event["part"]) && event["part"]["type"] === "reasoning_text";
  const item = items.at(event, isThought ? "reasoning" : "message");
  const index = indexAt(event, "content_index");
  announce(item, { carrier: isThought ? "content" : "text", index }, event);
}

function announce(item: ResponsesItem, slot: TextSlot, { part }: JsonObject): void {
  if (isObject(part)) item.announce(slot, part);
}

function pieceText(event: JsonObject): string {
  const piece = event["part"];
  return isObject(piece) ? (textAt(piece, "text") ?? "") : "";
}

function readPicture(event: JsonObject, items: ResponsesItems): void {
  const base64 = textAt(event, "partial_image_b64");
  if (base64 !== null)
    items.at(event, "image_generation_call").picture(base64, textAt(event, "output_format"));
}

function indexAt(event: JsonObject, field: string): number {
  const index = event[field];
  return isOutputIndex(index) ? index : 0;
}
