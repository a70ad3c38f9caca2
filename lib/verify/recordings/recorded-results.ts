/** Results of tools as a recorded request carries them back, in the four dialects. Pure. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList, isObject, listAt, objectAt, textAt } from "@/lib/stream/turn/json-read";

export type RecordedResult = {
  /** The call's id on the wire; null where the dialect has none. */
  readonly callId: string | null;
  readonly name: string | null;
  readonly output: string;
  readonly isError: boolean;
};

/** All results in the body, in their order. */
export function resultsIn(body: JsonObject): readonly RecordedResult[] {
  const items = listAt(body, "messages") ?? listAt(body, "input") ?? listAt(body, "contents") ?? [];
  return items.flatMap((item) => (isObject(item) ? ofItem(item) : []));
}

function ofItem(item: JsonObject): readonly RecordedResult[] {
  if (item["type"] === "function_call_output")
    return [result(textAt(item, "call_id"), null, item["output"], false)];
  if (item["role"] === "tool")
    return [result(textAt(item, "tool_call_id"), textAt(item, "name"), item["content"], false)];
  const parts = listAt(item, "content") ?? listAt(item, "parts") ?? [];
  return parts.flatMap((part) => (isObject(part) ? ofPart(part) : []));
}

function ofPart(part: JsonObject): readonly RecordedResult[] {
  if (part["type"] === "tool_result")
    return [result(textAt(part, "tool_use_id"), null, part["content"], part["is_error"] === true)];
  const response = objectAt(part, "functionResponse");
  if (response === null) return [];
  const given = objectAt(response, "response") ?? {};
  const output = given["result"] ?? given["output"] ?? given;
  return [result(textAt(response, "id"), textAt(response, "name"), output, given["error"] !== undefined)];
}

function result(
  callId: string | null,
  name: string | null,
  content: Json | undefined,
  isError: boolean,
): RecordedResult {
  return { callId, name, output: textOf(content), isError };
}

function textOf(content: Json | undefined): string {
  if (content === undefined) return "";
  if (typeof content === "string") return content;
  if (!isList(content)) return JSON.stringify(content);
  const texts = content.flatMap((part) => (isObject(part) ? (textAt(part, "text") ?? []) : []));
  return texts.length === 0 ? JSON.stringify(content) : texts.join("\n");
}
