/** What a recorded request says of itself: its server, its model and what was asked. Pure. */
import type { Json } from "@/lib/stream/turn/json";
import { asObject, isList, isObject, listAt, parseJson, textAt } from "@/lib/stream/turn/json-read";

export type ReadRequest = {
  /** The address without the path of the dialect; null where it is not an HTTP address. */
  readonly base: string | null;
  /** "" = not said. */
  readonly model: string;
  /** The text of the last message of a person; "" = none was found. */
  readonly prompt: string;
};

/** The paths of the dialects, from the end of the address, with the model where it is named there. */
const PATHS: readonly RegExp[] = [
  /\/chat\/completions$/u,
  /\/responses$/u,
  /\/messages$/u,
  /\/models\/([^/:]+):(?:streamGenerateContent|generateContent|streamRawPredict|rawPredict)$/u,
  /\/model\/([^/]+)\/invoke(?:-with-response-stream)?$/u,
];

/** Reads the address and the body of a request. Never throws. */
export function readRequest(url: string, body: string): ReadRequest {
  const address = URL.canParse(url) ? new URL(url) : null;
  const pathname = address?.pathname ?? "";
  const match = PATHS.find((path) => path.test(pathname))?.exec(pathname) ?? null;
  const json = asObject(parseJson(body)) ?? {};
  const isHttp = address?.protocol === "http:" || address?.protocol === "https:";
  return {
    base: isHttp && match !== null ? `${address.origin}${pathname.slice(0, match.index)}` : null,
    model: textAt(json, "model") ?? decoded(match?.[1] ?? ""),
    prompt: promptOf(json),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded: it stands for itself.
    return text;
  }
}

function promptOf(body: { readonly [key: string]: Json }): string {
  const { input } = body;
  if (typeof input === "string") return input;
  const messages = listAt(body, "messages") ?? listAt(body, "input") ?? listAt(body, "contents") ?? [];
  const texts = messages.flatMap((message) => {
    if (!isObject(message) || (message["role"] ?? "user") !== "user") return [];
    const text = textOf(message["content"] ?? message["parts"] ?? null);
    return text === "" ? [] : [text];
  });
  return texts.at(-1) ?? "";
}

function textOf(content: Json): string {
  if (typeof content === "string") return content;
  if (!isList(content)) return "";
  return content
    .flatMap((part) => (isObject(part) && typeof part["text"] === "string" ? [part["text"]] : []))
    .join("\n");
}
