/** A request of Gemini's API in the arguments of Google's libraries. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { objectAt } from "@/lib/stream/turn/json-read";

import { GEMINI_FIELDS, GENERATION_FIELDS } from "./known-fields";
import { bodyOf, type SentRequest, splitFields } from "./sent-request";

export type GeminiRequest = {
  /** The address of the server, without the version of its API. */
  readonly server: string;
  readonly apiVersion: string;
  readonly model: string;
  readonly isStreamed: boolean;
  readonly contents: Json;
  /** The fields that both libraries take among the settings. */
  readonly settings: JsonObject;
  /** The others, where they stand in the body. */
  readonly others: JsonObject;
};

const ADDRESS =
  /^(.*)\/(v\d[^/]*)\/(?:models\/([^/]+)|(tunedModels\/[^/]+)):(streamGenerateContent|generateContent)$/s;

/** null where Google's libraries would send it elsewhere or otherwise: to Vertex AI, or with a query of its own. */
export function readGeminiRequest(sent: SentRequest): GeminiRequest | null {
  const body = bodyOf(sent);
  if (body === null || !URL.canParse(sent.url)) return null;
  const { origin, pathname, search } = new URL(sent.url);
  const [match, path = "", apiVersion = "", name, tuned, method] = ADDRESS.exec(pathname) ?? [];
  const isStreamed = method === "streamGenerateContent";
  const model = name ?? tuned;
  if (match === undefined || model === undefined || search !== (isStreamed ? "?alt=sse" : "")) return null;
  // What the libraries write in an address as it is.
  if (!/^[\w.@:/-]+$/.test(model)) return null;
  const { contents, generationConfig, ...rest } = body;
  if (contents === undefined) return null;
  const beside = splitFields(rest, GEMINI_FIELDS);
  const config = splitFields(objectAt(body, "generationConfig") ?? {}, GENERATION_FIELDS);
  const hasOthers =
    Object.keys(config.others).length > 0 ||
    (generationConfig !== undefined && Object.keys(config.named).length === 0);
  return {
    server: `${origin}${path}`,
    apiVersion,
    model,
    isStreamed,
    contents,
    settings: { ...beside.named, ...config.named },
    others: { ...beside.others, ...(hasOthers ? { generationConfig: config.others } : {}) },
  };
}
