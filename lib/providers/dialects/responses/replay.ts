import type { ResponseInputItem, ResponseOutputMessage } from "openai/resources/responses/responses";

import type { Note } from "@/lib/providers/dialects/shared/note";
import { resultText, sentArguments, sentName } from "@/lib/providers/dialects/shared/past-calls";
import type { AsJson, Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, listAt, parseJson, textAt } from "@/lib/stream/turn/json-read";
import type { Part, Step, ToolCallPart } from "@/lib/stream/turn/turn";

import type { KeptItem, ResponsesCall, ResponsesOutput } from "./body";
import { type ClientCall, clientCall } from "./call-items";

/**
 * A step's items as they came, encrypted reasoning and ids included; null where one of them is missing or
 * changed. The API checks by id that reasoning is followed by the item it led to, and that such an item comes
 * with its reasoning, so a step goes back whole or without both.
 */
export function replayResponse(
  step: Step,
  calls: ReadonlyMap<ToolCallPart, string>,
  note: Note,
): readonly KeptItem[] | null {
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
): KeptItem | readonly KeptItem[] | null {
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

function withPicture(item: KeptItem, pictures: ReadonlyMap<string, string>): KeptItem {
  const picture = pictures.get(textAt(item, "id") ?? "");
  if (picture === undefined || item["result"] !== undefined) return item;
  return {
    ...item,
    ...({ result: picture } satisfies Pick<ResponseInputItem.ImageGenerationCall, "result">),
  };
}

/** `kept` has the type, the id and the phase. */
function replayMessage(text: string, kept: KeptItem): KeptItem {
  const message = {
    role: "assistant",
    status: "completed",
    content: [{ type: "output_text", text, annotations: [] }],
  } satisfies Pick<AsJson<ResponseOutputMessage>, "role" | "status" | "content">;
  return { ...kept, ...message };
}

/** The texts of one message are parts of their own here and one item there. */
function joinMessages(items: readonly KeptItem[]): readonly KeptItem[] {
  const joined: KeptItem[] = [];
  for (const item of items) {
    const last = joined.at(-1);
    const isSame = last?.["type"] === "message" && last["id"] === item["id"];
    if (isSame) joined[joined.length - 1] = { ...last, ...joinContent(last, item) };
    else joined.push(item);
  }
  return joined;
}

function joinContent(
  before: KeptItem,
  next: KeptItem,
): { readonly [K in "content" & keyof ResponseOutputMessage]: readonly Json[] } {
  return { content: [...(listAt(before, "content") ?? []), ...(listAt(next, "content") ?? [])] };
}

/** `isOwn`: this provider made the call, so it may go back as the item that it was. */
export function writeResponsesCall(
  call: ToolCallPart,
  callId: string,
  isOwn: boolean,
  note: Note,
): ResponsesCall {
  const kind = clientCallOf(call, isOwn);
  const itemId = isOwn ? itemIdOf(call) : null;
  // Only the built-in kinds must have one; elsewhere the API holds an id against the items that came with it.
  const identity = itemId === null ? {} : ({ id: itemId } satisfies Partial<ResponsesCall>);
  switch (kind.type) {
    case "function_call":
      return {
        type: "function_call",
        call_id: callId,
        name: sentName(call, note),
        arguments: sentArguments(call),
      };
    case "custom_tool_call":
      return { type: "custom_tool_call", call_id: callId, name: sentName(call, note), input: call.input };
    case "local_shell_call":
      return {
        type: "local_shell_call",
        ...identity,
        call_id: callId,
        status: "completed",
        action: sentObject(call),
      };
    case "apply_patch_call":
      return {
        type: "apply_patch_call",
        ...identity,
        call_id: callId,
        status: "completed",
        operation: sentObject(call),
      };
  }
}

/** The result of a call, in the item that belongs to the call's own. */
export function writeResponsesOutput(
  call: ToolCallPart,
  callId: string,
  isOwn: boolean,
  note: Note,
): ResponsesOutput {
  const kind = clientCallOf(call, isOwn);
  const flagsErrors = kind.type === "apply_patch_call";
  const output = resultText(call, flagsErrors, note);
  switch (kind.type) {
    case "function_call":
      return { type: "function_call_output", call_id: callId, output };
    case "custom_tool_call":
      return { type: "custom_tool_call_output", call_id: callId, output };
    case "local_shell_call":
      // The reference asks for both ids of a local shell's output and means the call by either.
      return { type: "local_shell_call_output", id: callId, call_id: callId, output };
    case "apply_patch_call": {
      const isError = call.status.state !== "answered" || call.status.result.isError;
      const status = isError ? "failed" : "completed";
      return { type: "apply_patch_call_output", call_id: callId, status, output };
    }
  }
}

/** The call as received, with the id of its item; null where its input cannot go back as received. */
function replayCall(
  call: ToolCallPart,
  itemId: string,
  callId: string | undefined,
  note: Note,
): ResponsesCall | null {
  const { status, input } = call;
  const isWhole = status.state === "answered" || status.state === "awaiting-result";
  if (callId === undefined || !isWhole || !status.args.valid || input.trim() === "") return null;
  return {
    ...writeResponsesCall(call, callId, true, note),
    ...({ id: itemId } satisfies Partial<ResponsesCall>),
  };
}

/** Free text is a custom tool's wherever it comes from; the built-in kinds are known to their own provider only. */
function clientCallOf(call: ToolCallPart, isOwn: boolean): ClientCall {
  if (call.form === "text") return clientCall("custom_tool_call");
  return clientCall(isOwn ? textAt(keptItem(call), "type") : null);
}

function sentObject(call: ToolCallPart): JsonObject {
  const input = parseJson(sentArguments(call));
  return isObject(input) ? input : {};
}

function itemIdOf(call: ToolCallPart): string | null {
  return textAt(keptItem(call), "id");
}

function keptItem(call: ToolCallPart): JsonObject {
  return call.replay.find(isObject) ?? {};
}
