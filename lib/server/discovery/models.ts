/** The models of one provider or endpoint, as its server lists them. */
import type { ModelInfo } from "@/lib/contract/servers";
import { withQuery } from "@/lib/providers/base-url";
import { appError } from "@/lib/server/guard/reply";
import { ask } from "@/lib/server/upstream/ask";
import {
  askUpstream,
  type Asked,
  unreadable,
  type UpstreamQuestion,
} from "@/lib/server/upstream/ask-upstream";
import type { PlannedPlace } from "@/lib/server/upstream/plan-place";
import { placeHeaders } from "@/lib/server/upstream/provider-headers";
import { localPath } from "@/lib/server/upstream/server-root";

import { identify } from "./identify";
import { MAX_MODELS, readModelList } from "./model-list";
import { modelPages } from "./model-pages";

/** A person waits for this list: longer than discovery, but not for long. */
const LOCAL_LIMIT_MS = 5000;
/** At up to a thousand models each. */
const MAX_PAGES = MAX_MODELS / 1000;

export type Models =
  | {
      readonly ok: true;
      readonly models: readonly ModelInfo[];
      /** The place itself answers 404; it answers below this path. */
      readonly below?: "/v1";
    }
  | (Asked & { readonly ok: false });

/**
 * Never rejects. A list that is public is read without a key. Where the address answers 404, the same one with `/v1`
 * is tried, which people leave out.
 */
export async function listModels(
  place: PlannedPlace,
  requestId: string,
  signal: AbortSignal,
): Promise<Models> {
  const listed = await listHere(place, requestId, signal);
  if (listed.ok || listed.status !== 404 || /\/v\d+[a-z]*$/u.test(place.baseUrl)) return listed;
  const below = await listHere({ ...place, baseUrl: `${place.baseUrl}/v1` }, requestId, signal);
  return below.ok ? { ...below, below: "/v1" } : listed;
}

async function listHere(place: PlannedPlace, requestId: string, signal: AbortSignal): Promise<Models> {
  if (place.provider.location.kind === "local") {
    const identity = await lookLocally(place, signal);
    if (identity !== null && identity.problem === null) return { ok: true, models: identity.models };
  }
  const { noModelList } = place.provider;
  return noModelList === undefined
    ? listPages(place, requestId, signal)
    : { ok: false, status: 404, error: appError(404, "NO_MODEL_LIST", noModelList, requestId) };
}

async function listPages(place: PlannedPlace, requestId: string, signal: AbortSignal): Promise<Models> {
  const { first, next } = modelPages(place.provider);
  const models = new Map<string, ModelInfo>();
  let path: string | null = first;
  for (let page = 0; path !== null && page < MAX_PAGES; page += 1) {
    const question: UpstreamQuestion = { url: `${place.baseUrl}${path}`, requestId, signal };
    const asked = await askUpstream(place, question);
    if (!asked.ok) return place.key === null && needsKey(asked) ? withoutKey(asked, place) : asked;
    const list = readModelList(asked.json);
    if (list === null) return unreadable(question, place, "no list of models");
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

function lookLocally(place: PlannedPlace, signal: AbortSignal) {
  const { baseUrl, query = "", proxy } = place;
  const headers = placeHeaders(place);
  return identify((path) =>
    ask({
      url: withQuery(localPath(baseUrl, path), query),
      timeoutMs: LOCAL_LIMIT_MS,
      secrets: place.secrets,
      proxy,
      headers,
      signal,
    }),
  );
}

function withoutKey(asked: Asked & { readonly ok: false }, { provider }: PlannedPlace): Models {
  const { label, keyEnv } = provider;
  const set = keyEnv === null ? "Paste one" : `Set ${keyEnv} or paste one`;
  const message = `${label} lists its models only for a key. ${set}, or type a model's id.`;
  return { ...asked, error: { ...asked.error, source: "app", code: "NO_KEY", message } };
}
