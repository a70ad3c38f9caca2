/** What the libraries add to a request or write otherwise. Whatever is not named here arrives as it was sent. */
import type { CodeFormat } from "@/lib/code/formats";
import type { DialectId } from "@/lib/providers/dialect-id";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isList, isObject } from "@/lib/stream/turn/json-read";

const NODE_FETCH = [
  "accept",
  "accept-encoding",
  "accept-language",
  "connection",
  "content-length",
  "content-type",
  "host",
  "sec-fetch-mode",
  "user-agent",
];
const PYTHON_HTTP = [
  "accept",
  "accept-encoding",
  "connection",
  "content-length",
  "content-type",
  "host",
  "user-agent",
];
const CURL = ["accept", "content-length", "content-type", "host", "user-agent"];
const STAINLESS = ["arch", "lang", "os", "package-version", "retry-count", "runtime", "runtime-version"].map(
  (name) => `x-stainless-${name}`,
);

/** Names of all headers that arrive, by what sends them. */
export const HEADERS: Readonly<Record<CodeFormat["id"], Readonly<Record<DialectId, readonly string[]>>>> = {
  curl: {
    "chat-completions": CURL,
    responses: CURL,
    anthropic: [...CURL, "anthropic-version"],
    gemini: CURL,
  },
  python: {
    "chat-completions": [
      ...PYTHON_HTTP,
      "authorization",
      ...STAINLESS,
      "x-stainless-async",
      "x-stainless-read-timeout",
    ],
    responses: [
      ...PYTHON_HTTP,
      "authorization",
      ...STAINLESS,
      "x-stainless-async",
      "x-stainless-read-timeout",
    ],
    anthropic: [
      ...PYTHON_HTTP,
      "anthropic-version",
      "authorization",
      ...STAINLESS,
      "x-stainless-async",
      "x-stainless-helper-method",
      "x-stainless-read-timeout",
      "x-stainless-stream-helper",
      "x-stainless-timeout",
    ],
    gemini: [...PYTHON_HTTP, "x-goog-api-client", "x-goog-api-key"],
  },
  typescript: {
    "chat-completions": [...NODE_FETCH, "authorization", ...STAINLESS],
    responses: [...NODE_FETCH, "authorization", ...STAINLESS],
    anthropic: [
      ...NODE_FETCH,
      "anthropic-version",
      "authorization",
      ...STAINLESS,
      "x-stainless-helper-method",
      "x-stainless-timeout",
    ],
    gemini: [...NODE_FETCH, "x-goog-api-client", "x-goog-api-key"],
  },
  "ai-sdk": {
    "chat-completions": [...NODE_FETCH, "authorization"],
    responses: [...NODE_FETCH, "authorization"],
    anthropic: [...NODE_FETCH, "anthropic-beta", "anthropic-version", "x-api-key"],
    gemini: [...NODE_FETCH, "x-goog-api-key"],
  },
};

/** The body that arrives, of the one that Vitrine sent. */
export function asArriving(body: JsonObject, dialect: DialectId, id: CodeFormat["id"]): Json {
  return dialect === "gemini" && id === "python" ? byGooglePython(body) : body;
}

/** Google's library for Python writes some names as its protocol has them, levels in capitals, and bytes in the other alphabet. */
const PROTOCOL_NAMES: ReadonlyMap<string, string> = new Map([
  ["parametersJsonSchema", "parameters_json_schema"],
  ["includeThoughts", "include_thoughts"],
  ["mimeType", "mime_type"],
  ["thinkingLevel", "thinking_level"],
]);

function byGooglePython(value: Json): Json {
  if (isList(value)) return value.map(byGooglePython);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      PROTOCOL_NAMES.get(name) ?? name,
      typeof field === "string" ? textByGooglePython(name, field) : byGooglePython(field),
    ]),
  );
}

function textByGooglePython(name: string, text: string): string {
  if (name === "thinkingLevel") return text.toUpperCase();
  return name === "data" ? text.replaceAll("+", "-").replaceAll("/", "_") : text;
}
