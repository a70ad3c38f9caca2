import type { Note } from "@/lib/providers/dialects/shared/note";
import { resultText } from "@/lib/providers/dialects/shared/result-text";
import { sentArguments } from "@/lib/providers/dialects/shared/sent-arguments";
import { sentName } from "@/lib/providers/dialects/shared/sent-name";
/** Past calls and their results as the items that the API asks for. */
import type { JsonObject } from "@/lib/stream/turn/json";
import { isObject, parseJson, textAt } from "@/lib/stream/turn/json-read";
import type { ToolCallPart } from "@/lib/stream/turn/turn";

import { type ClientCall, clientCall } from "./client-calls";

/** `isOwn`: this provider made the call, so it may go back as the item that it was. */
export function writeResponsesCall(
  call: ToolCallPart,
  callId: string,
  isOwn: boolean,
  note: Note,
): JsonObject {
  const kind = kindOf(call, isOwn);
  const itemId = isOwn ? itemIdOf(call) : null;
  return {
    type: kind.type,
    // Only these calls must have one; elsewhere the API holds an id against the items that came with it.
    ...(isBuiltIn(kind) && itemId !== null ? { id: itemId } : {}),
    call_id: callId,
    ...(isBuiltIn(kind) ? { status: "completed" } : { name: sentName(call, note) }),
    [kind.input]: writeInput(call, kind),
  };
}

/** The result of a call, in the item that belongs to the call's own. */
export function writeResponsesOutput(
  call: ToolCallPart,
  callId: string,
  isOwn: boolean,
  note: Note,
): JsonObject {
  const kind = kindOf(call, isOwn);
  const flagsErrors = kind.type === "apply_patch_call";
  const output = resultText(call, flagsErrors, note);
  // The reference asks for both ids of a local shell's output and means the call by either.
  if (kind.type === "local_shell_call") return { type: kind.output, id: callId, call_id: callId, output };
  if (!flagsErrors) return { type: kind.output, call_id: callId, output };
  const isError = call.status.state !== "answered" || call.status.result.isError;
  return { type: kind.output, call_id: callId, status: isError ? "failed" : "completed", output };
}

/** The call as it came, with the id of its item; null where its input cannot go back as it came. */
export function replayCall(
  call: ToolCallPart,
  itemId: string,
  callId: string | undefined,
  note: Note,
): JsonObject | null {
  const { status, input } = call;
  const isWhole = status.state === "answered" || status.state === "awaiting-result";
  if (callId === undefined || !isWhole || !status.args.valid || input.trim() === "") return null;
  return { ...writeResponsesCall(call, callId, true, note), id: itemId };
}

/** Free text is a custom tool's wherever it comes from; the built-in kinds are known to their own provider only. */
function kindOf(call: ToolCallPart, isOwn: boolean): ClientCall {
  if (call.form === "text") return clientCall("custom_tool_call");
  return clientCall(isOwn ? textAt(keptItem(call), "type") : null);
}

function isBuiltIn({ name }: ClientCall): boolean {
  return name !== null;
}

function writeInput(call: ToolCallPart, kind: ClientCall): string | JsonObject {
  if (kind.form === "text") return call.input;
  if (!isBuiltIn(kind)) return sentArguments(call);
  const input = parseJson(sentArguments(call));
  return isObject(input) ? input : {};
}

function itemIdOf(call: ToolCallPart): string | null {
  return textAt(keptItem(call), "id");
}

function keptItem(call: ToolCallPart): JsonObject {
  return call.replay.find(isObject) ?? {};
}
