import { imageFromBase64 } from "@/lib/providers/dialects/shared/answer-image";
import { isSameJson, readArguments, REPEATED, repeatsAll } from "@/lib/providers/dialects/shared/arguments";
import { EXCERPT } from "@/lib/providers/dialects/shared/reader-faults";
import { openRepeatedText } from "@/lib/providers/dialects/shared/repeated-text";
import type { CallForm, ProviderOutcome, Source } from "@/lib/stream/turn/event";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, listAt, objectAt, textAt, writeJson } from "@/lib/stream/turn/json-read";

import { type ItemOut, type ResponsesItem, SILENT_ITEM } from "./item";

/** A kind of call that waits for a result from here. */
export type ClientCall = {
  /** The type of its item on the wire. */
  readonly type: "function_call" | "custom_tool_call" | "local_shell_call" | "apply_patch_call";
  /** The field that holds what is asked. */
  readonly input: "arguments" | "input" | "action" | "operation";
  readonly form: CallForm;
  /** What it is called where the item has no name. */
  readonly name: string | null;
};

const FUNCTION: ClientCall = {
  type: "function_call",
  input: "arguments",
  form: "json",
  name: null,
};

/** https://platform.openai.com/docs/api-reference/responses/create, "input": calls and their outputs. */
const KINDS: readonly ClientCall[] = [
  FUNCTION,
  { type: "custom_tool_call", input: "input", form: "text", name: null },
  {
    type: "local_shell_call",
    input: "action",
    form: "json",
    name: "local_shell",
  },
  {
    type: "apply_patch_call",
    input: "operation",
    form: "json",
    name: "apply_patch",
  },
];

const CLIENT_CALLS: ReadonlyMap<string, ClientCall> = new Map<string, ClientCall>(
  KINDS.map((call) => [call.type, call]),
);

export function isClientCall(type: string): boolean {
  return CLIENT_CALLS.has(type);
}

/** How a call of this type is read and answered; as a function where the type is not known. */
export function clientCall(type: string | null): ClientCall {
  return CLIENT_CALLS.get(type ?? "") ?? FUNCTION;
}

/** A call that waits for a result from here: it is shown once its name is known, and ends only with arguments that can be trusted. */
export function openCallItem(out: ItemOut, added: JsonObject): ResponsesItem {
  const repeated = openRepeatedText();
  const kind = clientCall(textAt(added, "type"));
  let partId: string | null = null;
  /** Text received before the name. */
  let held = "";
  let isEnded = false;
  let isTrusted = true;
  /** Not to be ended, because its last word contradicts its pieces or says that it was cut. */
  let isBroken = false;
  let ownCallId: string | null = null;
  let ownName = "";

  const start = (name: string, callId: string | null): void => {
    partId = out.nextId("call");
    ownCallId = callId;
    ownName = name;
    out.emit({
      type: "tool-input-start",
      id: partId,
      callId,
      name,
      ...(kind.form === "json" ? {} : { form: kind.form }),
    });
    if (held !== "") out.emit({ type: "tool-input-delta", id: partId, text: held });
  };
  const show = (text: string): void => {
    if (text === "") return;
    if (partId === null) held += text;
    else out.emit({ type: "tool-input-delta", id: partId, text });
  };
  const name = (item: JsonObject): void => {
    const known = textAt(item, "name") ?? kind.name;
    if (known === null) return;
    if (partId !== null) {
      if (known !== ownName)
        out.warnOnce(
          "renamed-call",
          `The server gave the call ${ownName} another name later: ${known}. The first one is kept.`,
        );
      return;
    }
    start(known, textAt(item, "call_id"));
    const itemId = textAt(item, "id");
    if (itemId !== null && partId !== null)
      out.emit({ type: "replay", id: partId, item: { type: kind.type, id: itemId } });
  };
  const settle = (whole: string): void => {
    const rest = repeated.settle(whole);
    if (rest === null) {
      if (kind.form === "json" && isSameJson(repeated.text(), whole)) return;
      isBroken = true;
      out.warn(
        "arguments-differ",
        `The final arguments of a call are not those that were streamed: ${whole.slice(0, EXCERPT)}`,
      );
      return;
    }
    if (whole !== "") isTrusted = true;
    show(rest);
  };
  const end = (): void => {
    if (isEnded || isBroken || !isTrusted || partId === null) return;
    isEnded = true;
    out.emit({ type: "tool-input-end", id: partId });
  };

  name(added);
  return {
    ...SILENT_ITEM,
    grow: (_slot, text) => {
      if (kind.form === "json" && repeatsAll(repeated.text(), text))
        out.warnOnce(REPEATED.code, REPEATED.message);
      else show(repeated.add(text));
    },
    settle: (_slot, text) => settle(text),
    complete: (item) => {
      name(item);
      settle(readArguments(item[kind.input]));
      if (item["status"] === "incomplete") isBroken = true;
      end();
    },
    isSame: (item) => textAt(item, "call_id") !== null && textAt(item, "call_id") === ownCallId,
    close: (isComplete) => {
      if (partId === null) {
        out.warn("nameless-call", "A call came without a name.");
        start("", null);
      }
      if (isComplete) end();
    },
    distrust: () => {
      if (!isEnded) isTrusted = false;
    },
  };
}

/** A call that the provider runs. Its result is in the item, or in an item of its own that names the call. */
export type ProviderItem = ResponsesItem & { readonly answer: (output: JsonObject) => void };

/** A call that the provider ran itself, such as a web search: its input and findings are reported when it is done. */
export function openProviderItem(out: ItemOut, added: JsonObject): ProviderItem {
  const id = out.nextId("provider-call");
  const type = textAt(added, "type") ?? "";
  const name = textAt(added, "name") ?? type.replace(/_call$/, "");
  const repeated = openRepeatedText();
  let pictureId: string | null = null;
  let isDone = false;
  let isEnded = false;
  out.emit({ type: "provider-call-start", id, callId: textAt(added, "id"), name });

  const show = (text: string): void => {
    if (text !== "") out.emit({ type: "provider-call-delta", id, text });
  };
  const draw = (
    base64: string,
    format: string | null,
  ): { readonly partId: string; readonly isWhole: boolean } => {
    const partId = (pictureId ??= out.nextId("image"));
    const image = imageFromBase64(`image/${format ?? "png"}`, base64);
    out.emit({ type: "image", id: partId, image });
    return { partId, isWhole: image.kind === "data" && image.base64 === base64 };
  };
  /** The item to send back. A picture that its own part holds is not kept twice: the part names the item instead. */
  const keep = (item: JsonObject): void => {
    const itemId = textAt(item, "id");
    const { result, ...rest } = item;
    const picture = type === "image_generation_call" && typeof result === "string" ? result : null;
    const drawn = picture === null ? null : draw(picture, textAt(item, "output_format"));
    if (itemId === null) return;
    out.emit({ type: "replay", id, item: drawn?.isWhole ? rest : item });
    if (drawn?.isWhole) out.emit({ type: "replay", id: drawn.partId, item: { type, id: itemId } });
  };
  const end = (outcome: ProviderOutcome): void => {
    if (isEnded) return;
    isEnded = true;
    out.emit({ type: "provider-call-end", id, outcome });
  };

  return {
    ...SILENT_ITEM,
    grow: (_slot, text) => show(repeated.add(text)),
    settle: (_slot, text) => show(repeated.settle(text) ?? ""),
    picture: (base64, format) => void draw(base64, format),
    complete: (item) => {
      if (isDone) return;
      isDone = true;
      show(repeated.settle(readAsked(item)) ?? "");
      keep(item);
      if (type !== "shell_call") end(readOutcome(item));
    },
    answer: (output) => {
      if (isEnded) return;
      if (textAt(output, "id") !== null) out.emit({ type: "replay", id, item: output });
      end(readOutcome(output));
    },
  };
}

/** What was asked, under the name that this kind of call has for it. */
function readAsked(item: JsonObject): string {
  const asked =
    item["action"] ?? item["arguments"] ?? item["code"] ?? item["queries"] ?? item["revised_prompt"];
  return readArguments(asked);
}

function readOutcome(item: JsonObject): ProviderOutcome {
  const output = [item["output"], item["outputs"], item["results"]].map(readOutput).filter(isText).join("\n");
  return { output: output === "" ? null : output, sources: readSources(item), error: readError(item) };
}

/** Text as received, the streams of a shell or of code one after the other, anything else as JSON. */
function readOutput(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value))
    return value
      .map((item: Json) => readOutput(item))
      .filter(isText)
      .join("\n");
  if (!isObject(value)) return writeJson(value);
  const streams = [textAt(value, "stdout"), textAt(value, "stderr"), textAt(value, "logs")].filter(
    (text) => text !== null,
  );
  if (streams.length === 0 && value["stdout"] === undefined) return writeJson(value);
  return [...streams, exitOf(value)].filter(isText).join("\n");
}

/** How a command ended, where it did not simply succeed. */
function exitOf(result: JsonObject): string {
  const outcome = objectAt(result, "outcome");
  if (outcome === null || outcome["exit_code"] === 0) return "";
  return outcome["type"] === "exit"
    ? `exit code ${writeJson(outcome["exit_code"] ?? null)}`
    : writeJson(outcome);
}

function isText(text: string): boolean {
  return text !== "";
}

function readError(item: JsonObject): string | null {
  const error = item["error"];
  if (typeof error === "string" && error !== "") return error;
  if (isObject(error)) return textAt(error, "message") ?? writeJson(error);
  return item["status"] === "failed" ? "The provider reports that it failed." : null;
}

/** Every page once: those a search found, and the one that was opened. */
function readSources(item: JsonObject): readonly Source[] {
  const action = objectAt(item, "action") ?? {};
  const found = [...(listAt(action, "sources") ?? []), action].map(readSource);
  const byUrl = new Map<string, Source>();
  for (const source of found) if (source !== null && !byUrl.has(source.url)) byUrl.set(source.url, source);
  return [...byUrl.values()];
}

function readSource(value: Json): Source | null {
  const url = isObject(value) ? textAt(value, "url") : null;
  return url === null || !isObject(value) ? null : { url, title: textAt(value, "title") };
}
