/** What a recorded request says, item by item, in one form for the four dialects. Pure. */
import { calledName } from "@/lib/stream/turn/called-name";
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList, isObject, listAt, objectAt, textAt, writeJson } from "@/lib/stream/turn/json-read";

/** A result of a tool as a request carries it back. */
export type RecordedResult = {
  /** The call's id on the wire; null where the dialect has none. */
  readonly callId: string | null;
  readonly name: string | null;
  readonly output: string;
  readonly isError: boolean;
};

/** System prompts and thoughts are no items: they come and go between two requests of one conversation. */
export type RequestItem =
  /** `said`: its text and its images, the same in every dialect. */
  | { readonly by: "person"; readonly said: string }
  | { readonly by: "model"; readonly text: string }
  | { readonly by: "model"; readonly call: CallItem }
  | { readonly by: "tool"; readonly result: RecordedResult };

export type CallItem = {
  readonly name: string;
  /** In their canonical form. */
  readonly args: string;
};

/** The items of a request body in their order; null where it has no messages. */
export function requestItems(body: JsonObject): readonly RequestItem[] | null {
  if (typeof body["input"] === "string") return person([body["input"]], []);
  const list = listAt(body, "messages") ?? listAt(body, "input") ?? listAt(body, "contents");
  return list === null ? null : list.flatMap((item) => (isObject(item) ? ofItem(item) : []));
}

/** One text for all items that say the same. The ids of calls are not part of it: they may be given anew. */
export function itemKey(item: RequestItem): string {
  switch (item.by) {
    case "person":
      return `person ${item.said}`;
    case "model":
      return "call" in item ? `call ${item.call.name} ${item.call.args}` : `text ${plainText(item.text)}`;
    case "tool":
      return `result ${item.result.output}`;
  }
}

const [OPEN, CLOSE] = ["<think>", "</think>"];

/** A text without what clients change when they send it back: white space, and thoughts in tags before it. */
export function plainText(text: string): string {
  const rest = text.trimStart();
  const end = rest.startsWith(OPEN) ? rest.indexOf(CLOSE) : -1;
  return (end === -1 ? rest : rest.slice(end + CLOSE.length)).replaceAll(/\s+/gu, "");
}

function ofItem(item: JsonObject): readonly RequestItem[] {
  const { type, role } = item;
  if (type === "function_call") return [call(item, item["arguments"])];
  if (type === "custom_tool_call") return [call(item, { input: item["input"] ?? "" })];
  if (type === "function_call_output" || type === "custom_tool_call_output")
    return [result(textAt(item, "call_id"), null, item["output"], false)];
  const parts = partsOf(item);
  if (role === "tool" || (role === "function" && item["parts"] === undefined))
    return [result(textAt(item, "tool_call_id"), textAt(item, "name"), item["content"], false)];
  if (role === "system" || role === "developer") return [];
  if (role === "assistant" || role === "model") return ofModel(item, parts);
  // Items of the Responses API that are no messages: reasoning, references, calls that the provider ran.
  return role === undefined && type !== undefined && type !== "message" ? [] : ofPerson(parts);
}

function partsOf(item: JsonObject): readonly JsonObject[] {
  const content = item["content"] ?? item["parts"];
  if (typeof content === "string") return [{ type: "text", text: content }];
  return isList(content) ? content.filter(isObject) : [];
}

function ofModel(item: JsonObject, parts: readonly JsonObject[]): readonly RequestItem[] {
  const said = parts.flatMap((part): readonly RequestItem[] => {
    const called = objectAt(part, "functionCall");
    if (called !== null) return [call(called, called["args"])];
    if (part["type"] === "tool_use") return [call(part, part["input"])];
    const text = part["thought"] === true ? null : textAt(part, "text");
    return text === null || plainText(text) === "" ? [] : [{ by: "model", text }];
  });
  const calls = (listAt(item, "tool_calls") ?? []).flatMap((each): readonly RequestItem[] => {
    if (!isObject(each)) return [];
    const custom = objectAt(each, "custom");
    if (custom !== null) return [call(custom, { input: custom["input"] ?? "" })];
    const called = objectAt(each, "function");
    return called === null ? [] : [call(called, called["arguments"])];
  });
  return [...said, ...calls];
}

function ofPerson(parts: readonly JsonObject[]): readonly RequestItem[] {
  const results: RequestItem[] = [];
  const texts: string[] = [];
  const others: string[] = [];
  for (const part of parts) {
    const given = resultIn(part);
    const text = part["text"];
    if (given !== null) results.push(given);
    else if (typeof text === "string") texts.push(text);
    else others.push(pictureIn(part) ?? writeJson(part));
  }
  return texts.length + others.length === 0 ? results : [...results, ...person(texts, others)];
}

function person(texts: readonly string[], others: readonly string[]): readonly RequestItem[] {
  return [{ by: "person", said: JSON.stringify([texts.join("\n"), ...others]) }];
}

function resultIn(part: JsonObject): RequestItem | null {
  if (part["type"] === "tool_result")
    return result(textAt(part, "tool_use_id"), null, part["content"], part["is_error"] === true);
  const response = objectAt(part, "functionResponse");
  if (response === null) return null;
  const given = objectAt(response, "response") ?? {};
  const output = given["result"] ?? given["output"] ?? given["error"] ?? given;
  return result(textAt(response, "id"), textAt(response, "name"), output, given["error"] !== undefined);
}

/** The bytes of an image as base64, or its address, however the dialect wraps it; null for what is no image. */
function pictureIn(part: JsonObject): string | null {
  const url = part["image_url"];
  const source = objectAt(part, "source") ?? objectAt(part, "inlineData") ?? objectAt(part, "inline_data");
  const given = source === null ? null : (textAt(source, "data") ?? textAt(source, "url"));
  const found = typeof url === "string" ? url : isObject(url) ? textAt(url, "url") : given;
  return found === null ? null : found.replace(/^data:[^,]*,/u, "");
}

function call(called: JsonObject, args: Json | undefined): RequestItem {
  const text = typeof args === "string" ? args : writeJson(args ?? {});
  const name = calledName({ name: textAt(called, "name") ?? "" });
  return { by: "model", call: { name, args: canonicalJson(text.trim() === "" ? "{}" : text) } };
}

function result(
  callId: string | null,
  name: string | null,
  content: Json | undefined,
  isError: boolean,
): RequestItem {
  return { by: "tool", result: { callId, name, output: textOf(content), isError } };
}

function textOf(content: Json | undefined): string {
  if (content === undefined) return "";
  if (typeof content === "string") return content;
  if (!isList(content)) return writeJson(content);
  const texts = content.flatMap((part) => (isObject(part) ? (textAt(part, "text") ?? []) : []));
  return texts.length === 0 ? writeJson(content) : texts.join("\n");
}
