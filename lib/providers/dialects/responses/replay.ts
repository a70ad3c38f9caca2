import type { Note } from "@/lib/providers/dialects/shared/note";
import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject, textAt } from "@/lib/stream/turn/json-read";
import type { Part, Step, ToolCallPart } from "@/lib/stream/turn/turn";

import { replayCall } from "./calls";

/**
 * A step's items as they came, encrypted reasoning and ids included; null where one of them is missing or
 * changed. The API checks by id that reasoning is followed by the item it led to, and that such an item comes
 * with its reasoning, so a step goes back whole or without both.
 */
export function replayResponse(
  step: Step,
  calls: ReadonlyMap<ToolCallPart, string>,
  note: Note,
): readonly JsonObject[] | null {
  if (step.status.state !== "done" || step.parts.at(-1)?.type === "reasoning") return null;
  if (!step.parts.some((part) => part.type === "reasoning")) return null;
  const pictures = picturesOf(step);
  const items = step.parts.map((part) => replayPart(part, calls, pictures, note));
  const whole = items.filter((item) => item !== null);
  return whole.length === items.length ? joinMessages(whole.flat()) : null;
}

function replayPart(
  part: Part,
  calls: ReadonlyMap<ToolCallPart, string>,
  pictures: ReadonlyMap<string, string>,
  note: Note,
): JsonObject | readonly JsonObject[] | null {
  // It came with a call of the provider's, which goes back whole.
  if (part.type === "image") return [];
  const kept = part.replay.find(isObject) ?? {};
  const id = textAt(kept, "id");
  if (id === null) return null;
  switch (part.type) {
    case "reasoning":
      return kept["type"] === "reasoning" ? kept : null;
    case "text":
      return kept["type"] === "message" ? replayMessage(part.text, kept) : null;
    case "tool-call":
      return replayCall(part, id, calls.get(part), note);
    case "provider-call":
      if (part.status.state !== "done") return null;
      return part.replay.filter(isObject).map((item) => withPicture(item, pictures));
    case "unknown":
      return kept;
  }
}

/** The base64 of the pictures that parts hold for their items, by the item's id. */
function picturesOf({ parts }: Step): ReadonlyMap<string, string> {
  return new Map(
    parts.flatMap((part) => {
      if (part.type !== "image" || part.image.kind !== "data") return [];
      const itemId = textAt(part.replay.find(isObject) ?? {}, "id");
      return itemId === null ? [] : [[itemId, part.image.base64] as const];
    }),
  );
}

function withPicture(item: JsonObject, pictures: ReadonlyMap<string, string>): JsonObject {
  const picture = pictures.get(textAt(item, "id") ?? "");
  return picture === undefined || item["result"] !== undefined ? item : { ...item, result: picture };
}

function replayMessage(text: string, kept: JsonObject): JsonObject {
  const content = [{ type: "output_text", text, annotations: [] }];
  return { ...kept, role: "assistant", status: "completed", content };
}

/** The texts of one message are parts of their own here and one item there. */
function joinMessages(items: readonly JsonObject[]): readonly JsonObject[] {
  const joined: JsonObject[] = [];
  for (const item of items) {
    const last = joined.at(-1);
    const isSame = last?.["type"] === "message" && last["id"] === item["id"];
    if (isSame) joined[joined.length - 1] = { ...last, content: [...contentOf(last), ...contentOf(item)] };
    else joined.push(item);
  }
  return joined;
}

function contentOf(item: JsonObject) {
  const content = item["content"];
  return Array.isArray(content) ? content : [];
}
