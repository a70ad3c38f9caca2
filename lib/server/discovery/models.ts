/** The models of one provider or endpoint, as its server lists them. */

import type { ModelInfo } from "@/lib/contract/servers";
import { withQuery } from "@/lib/providers/base-url";
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { appError } from "@/lib/server/guard/reply";
import { ask } from "@/lib/server/upstream/ask";
import {
  type Asked,
  type UpstreamQuestion,
  askUpstream,
  unreadable,
} from "@/lib/server/upstream/ask-upstream";
import { localPath } from "@/lib/server/upstream/base-url";
import { destinationHeaders } from "@/lib/server/upstream/credential";
import type { Destination } from "@/lib/server/upstream/destination";

import { identify } from "./identify";
import { MAX_MODELS, readModelList } from "./model-list";

/** A person waits for this list: longer than discovery, but not for long. */
const LOCAL_LIMIT_MS = 5000;
/** At up to a thousand models each. */
const MAX_PAGES = MAX_MODELS / 1000;

export type Models =
  | {
      readonly ok: true;
      readonly models: readonly ModelInfo[];
      /** The address itself answers 404; the same one with this path added answers. */
      readonly below?: "/v1";
    }
  | (Asked & { readonly ok: false });

/**
 * Never rejects. A list that is public is read without a key. Where the address answers 404, the same one with `/v1`
 * is tried, which people leave out.
 */
export async function listModels(
  destination: Destination,
  requestId: string,
  signal: AbortSignal,
): Promise<Models> {
  const listed = await listHere(destination, requestId, signal);
  if (listed.ok || listed.status !== 404 || /\/v\d+[a-z]*$/u.test(destination.baseUrl)) return listed;
  const below = await listHere({ ...destination, baseUrl: `${destination.baseUrl}/v1` }, requestId, signal);
  return below.ok ? { ...below, below: "/v1" } : listed;
}

async function listHere(destination: Destination, requestId: string, signal: AbortSignal): Promise<Models> {
  if (destination.provider.location.kind === "local") {
    const identity = await lookLocally(destination, signal);
    if (identity !== null && identity.problem === null) return { ok: true, models: identity.models };
  }
  const { noModelList } = destination.provider;
  return noModelList === undefined
    ? listPages(destination, requestId, signal)
    : { ok: false, status: 404, error: appError(404, "NO_MODEL_LIST", noModelList, requestId) };
}

async function listPages(destination: Destination, requestId: string, signal: AbortSignal): Promise<Models> {
  const { first, next } = bindDialect(destination.provider.speaks[0]).modelPages;
  const models = new Map<string, ModelInfo>();
  let path: string | null = first;
  for (let page = 0; path !== null && page < MAX_PAGES; page += 1) {
    const question: UpstreamQuestion = { url: `${destination.baseUrl}${path}`, requestId, signal };
    const asked = await askUpstream(destination, question);
    if (!asked.ok)
      return destination.key === null && needsKey(asked) ? withoutKey(asked, destination) : asked;
    const list = readModelList(asked.json);
    if (list === null) return unreadable(question, destination, "no list of models");
    const before = models.size;
    for (const model of list.models) models.set(model.id, model);
    // A server that gives the same page again would do so for ever.
    path = models.size === before ? null : next(asked.json);
  }
  return { ok: true, models: [...models.values()] };
}

/** Gemini says 403 to a request without a key. So do servers that bar a region or an address, in other words. */
function needsKey({ status, error }: Asked & { readonly ok: false }): boolean {
  return status === 401 || (status === 403 && ABOUT_KEYS.test(error.message));
}

const ABOUT_KEYS = /\b(?:api|access)?[ _-]?keys?\b|unregistered|credential|authenti|token|log ?in/iu;

function lookLocally(destination: Destination, signal: AbortSignal) {
  const { baseUrl, query = "", proxy } = destination;
  const headers = destinationHeaders(destination);
  return identify((path) =>
    ask({
      url: withQuery(localPath(baseUrl, path), query),
      timeoutMs: LOCAL_LIMIT_MS,
      secrets: destination.secrets,
      proxy,
      headers,
      signal,
    }),
  );
}

function withoutKey(asked: Asked & { readonly ok: false }, { provider }: Destination): Models {
  const { label, keyEnv } = provider;
  const set = keyEnv === null ? "Paste one" : `Set ${keyEnv} or paste one`;
  const message = `${label} requires a key to list its models. ${set}, or type a model's id.`;
  return { ...asked, error: { ...asked.error, source: "app", code: "NO_KEY", message } };
}
