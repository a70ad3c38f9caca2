import type { ProviderReport, ProvidersReply } from "@/lib/contract/servers";
import { showMarks } from "@/lib/markdown/visible-marks";
import { type ListedModels, type ModelList, serverKey } from "@/lib/session/store/app-state";
import type { AddressParts, Endpoint } from "@/lib/session/store/session";

/** A place that serves models: a preset at its own address, or a server that a person added. */
export type ModelSource = {
  readonly provider: string;
  /** Base URL of a person's own server; null for a preset. */
  readonly endpoint: string | null;
  readonly label: string;
  /** Where it is asked. */
  readonly address: string;
  /** It runs on this machine, if it runs. */
  readonly isLocal: boolean;
  readonly keyEnv: string | null;
  readonly hint: string;
  /** Secret parts of its address that a person gives again after a reload; null = none. */
  readonly asks: AddressParts | null;
  /** It came with an imported comparison and was not allowed yet: nothing is sent to it by itself. */
  readonly isForeign: boolean;
  /** A pasted key is in this tab's memory. */
  readonly keyHeld: boolean;
  readonly state: SourceState;
};

export type SourceState =
  | ListedModels
  | { readonly state: "loading" }
  /** Nobody asked it for its models yet. */
  | { readonly state: "not-asked" }
  | { readonly state: "no-key" }
  /** A local server that does not answer. */
  | { readonly state: "absent" }
  /** Known to Vitrine and not usable yet. */
  | { readonly state: "unsupported"; readonly message: string }
  /** `code` names the failure where it is known; null otherwise. */
  | { readonly state: "error"; readonly message: string; readonly code: string | null };

export type SourceInput = {
  readonly reply: ProvidersReply | null;
  readonly endpoints: readonly Endpoint[];
  /** Those of `endpoints` that are the person's; all of them where missing. */
  readonly ownEndpoints?: readonly Endpoint[] | undefined;
  /** Lists that came later than `reply`, by `serverKey`. */
  readonly lists: ReadonlyMap<string, ModelList>;
  /** `serverKey`s with a key in this tab's memory. */
  readonly keysHeld: ReadonlySet<string>;
};

/** Every source and what is known of it; a person's own servers first. Pure. */
export function modelSources(input: SourceInput): readonly ModelSource[] {
  const { reply, endpoints, ownEndpoints = endpoints, lists, keysHeld } = input;
  const own = endpoints.map((endpoint) => ({
    provider: endpoint.provider,
    endpoint: endpoint.baseUrl,
    label: showMarks(endpoint.name),
    address: endpoint.baseUrl,
    isLocal: false,
    keyEnv: null,
    hint: endpoint.baseUrl,
    keyHeld: keysHeld.has(serverKey(endpoint.provider, endpoint.baseUrl)),
    asks: endpoint.asks ?? null,
    isForeign: !ownEndpoints.some(({ baseUrl }) => baseUrl === endpoint.baseUrl),
    state: endpointState(endpoint, lists, keysHeld),
  }));
  const presets = (reply?.providers ?? []).map((report) => {
    const key = serverKey(report.id, null);
    return {
      provider: report.id,
      endpoint: null,
      label: showMarks(report.label),
      address: report.baseUrl,
      isLocal: report.local,
      keyEnv: report.keyEnv,
      hint: report.hint,
      asks: null,
      isForeign: false,
      keyHeld: keysHeld.has(key),
      state: presetState(report, lists.get(key), keysHeld.has(key)),
    };
  });
  return [...own, ...presets];
}

function endpointState(
  { provider, baseUrl, asks }: Endpoint,
  lists: SourceInput["lists"],
  keysHeld: SourceInput["keysHeld"],
): SourceState {
  const key = serverKey(provider, baseUrl);
  if (asks && !keysHeld.has(key)) return { state: "no-key" };
  return fromList(lists.get(key)) ?? { state: "not-asked" };
}

function presetState(report: ProviderReport, list: ModelList | undefined, keyHeld: boolean): SourceState {
  const { reach } = report;
  if (reach.state === "unsupported") return reach;
  if (reach.state === "ready" && list?.state !== "ready") return readyNow(reach);
  if (report.key === "missing" && !keyHeld && list?.state !== "ready") return { state: "no-key" };
  const listed = fromList(list);
  if (listed !== null) return listed;
  switch (reach.state) {
    case "ready":
      return readyNow(reach);
    case "absent":
      return { state: "absent" };
    case "error":
      return { state: "error", message: reach.message, code: null };
    case "unprobed":
      return { state: "not-asked" };
  }
}

function readyNow({ models, latencyMs }: Extract<ProviderReport["reach"], { state: "ready" }>): ListedModels {
  return { state: "ready", models, latencyMs };
}

function fromList(list: ModelList | undefined): SourceState | null {
  switch (list?.state) {
    case undefined:
      return null;
    case "loading":
      return { state: "loading" };
    case "ready":
      return list;
    case "failed":
      return { state: "error", message: list.error.message, code: list.error.code };
  }
}
