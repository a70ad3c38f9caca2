import { rank } from "@/components/ui/rank";
import type { ModelInfo } from "@/lib/contract/servers";
import { belowBaseUrl } from "@/lib/providers/base-url";
import { serverKey } from "@/lib/session/store/app-state";

import { looksLikeUrl } from "./check-endpoint-url";
import type { ModelSource, SourceState } from "./model-source";

/** One thing to pick in the model picker. */
export type PickerRow =
  | { readonly kind: "model"; readonly id: string; readonly source: ModelSource; readonly model: ModelInfo }
  /** What was typed, taken as a model id that no list names. */
  | { readonly kind: "typed"; readonly id: string; readonly source: ModelSource; readonly model: string }
  /** Asks the source for its models, again or for the first time. */
  | { readonly kind: "ask"; readonly id: string; readonly source: ModelSource }
  /** Leads to the source's key: to paste, replace or forget it. */
  | { readonly kind: "key"; readonly id: string; readonly source: ModelSource }
  /** Says why a provider cannot be used: nothing to pick. */
  | { readonly kind: "unsupported"; readonly id: string; readonly source: ModelSource }
  /** Gives the server the address at which it answers. */
  | { readonly kind: "move-endpoint"; readonly id: string; readonly source: ModelSource; readonly to: string }
  /** `url` is the address that was typed. */
  | { readonly kind: "add-endpoint"; readonly id: string; readonly url: string };

export type PickerGroup = {
  readonly id: string;
  readonly label: string;
  readonly rows: readonly PickerRow[];
};

/**
 * What the picker shows for a query: models by source (best fit first while searching), keys, local servers that
 * do not answer, the query itself as a model id where no list names it or as the address of a new server, and what
 * cannot be used yet. Pure.
 */
export function pickerRows(
  sources: readonly ModelSource[],
  query: string,
  endpointsAllowed: boolean,
): readonly PickerGroup[] {
  const text = query.trim();
  if (looksLikeUrl(text) && endpointsAllowed) return forAddress(sources, text);
  const usable = sources.filter(({ state }) => !UNUSABLE.has(state.state));
  const asked = prefixed(
    sources.filter(({ state }) => state.state !== "unsupported"),
    text,
  );
  const groups = [
    ...usable.map((source) => modelGroup(source, text)),
    rowsOf("Needs a key", "key", text, sources.filter(hasState("no-key"))),
    rowsOf("Not running on this machine", "ask", text, sources.filter(hasState("absent"))),
    // After what the words name: Enter on "groq" asks for Groq's key, and never makes a model of that name.
    typedGroup(usable, asked, text),
    rowsOf(
      "Keys in this tab",
      "key",
      text,
      sources.filter((source) => source.keyHeld && !needsNewKey(source)),
    ),
    rowsOf("Not supported yet", "unsupported", text, sources.filter(hasState("unsupported"))),
  ];
  return groups.filter((group) => group.rows.length > 0);
}

/** An address is no model's id: it is offered as a server, beside the servers that have it already. */
function forAddress(sources: readonly ModelSource[], text: string): readonly PickerGroup[] {
  const known = sources.filter(isOwn).map((source) => modelGroup(source, text));
  const isKnown = sources.some(({ label, endpoint }) => endpoint === text || (endpoint && label === text));
  return [...known, ...(isKnown ? [] : [addGroup(text)])].filter((group) => group.rows.length > 0);
}

const UNUSABLE: ReadonlySet<SourceState["state"]> = new Set(["no-key", "absent", "unsupported"]);

/** The row's id for a source's model: what marks the model in use. */
export function modelRowId(provider: string, endpoint: string | null, model: string): string {
  return `model ${serverKey(provider, endpoint)} ${model}`;
}

function modelGroup(source: ModelSource, text: string): PickerGroup {
  const id = serverKey(source.provider, source.endpoint);
  const group = { id, label: source.label };
  if (source.state.state !== "ready") {
    const shown = rank(searchText(source), text) > 0;
    const rows: PickerRow[] = [{ kind: "ask", id: `ask ${id}`, source }];
    if (needsNewKey(source)) rows.push({ kind: "key", id: `key ${id}`, source });
    return { ...group, rows: shown ? rows : [] };
  }
  const { models, below } = source.state;
  if (below !== undefined && source.endpoint !== null) {
    const to = belowBaseUrl(source.endpoint, below);
    return { ...group, rows: [{ kind: "move-endpoint", id: `move ${id}`, source, to }] };
  }
  // A server that lists nothing is still there, and says so.
  if (models.length === 0) {
    const shown = rank(searchText(source), text) > 0;
    return { ...group, rows: shown ? [{ kind: "ask", id: `ask ${id}`, source }] : [] };
  }
  const rows = models
    .map((model) => ({ model, score: rank(`${model.id} ${searchText(source)}`, text) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ model }) => ({
      kind: "model" as const,
      id: modelRowId(source.provider, source.endpoint, model.id),
      source,
      model,
    }));
  return { ...group, rows };
}

function searchText({ label, provider, endpoint }: ModelSource): string {
  return `${label} ${provider} ${endpoint ?? ""}`;
}

type Asked = { readonly source: ModelSource; readonly model: string };

/** "groq/moonshotai/kimi-k2" names its provider: the part before the first slash. */
function prefixed(sources: readonly ModelSource[], text: string): Asked | null {
  const slash = text.indexOf("/");
  if (slash < 1 || slash === text.length - 1) return null;
  const source = sources.find(
    ({ provider, endpoint }) => endpoint === null && provider === text.slice(0, slash),
  );
  return source === undefined ? null : { source, model: text.slice(slash + 1) };
}

function typedGroup(usable: readonly ModelSource[], asked: Asked | null, text: string): PickerGroup {
  // The name of a person's own server stands in the filter after it was added: no model is meant.
  const isName = usable.some((source) => isOwn(source) && source.label === text);
  const everywhere = text === "" || isName ? [] : usable.map((source) => ({ source, model: text }));
  const candidates = asked === null ? everywhere : [asked, ...everywhere];
  const rows = candidates
    .filter(({ source, model }) => !lists(source, model))
    .map(({ source, model }) => ({
      kind: "typed" as const,
      id: `typed ${serverKey(source.provider, source.endpoint)} ${model}`,
      source,
      model,
    }));
  return { id: "typed", label: "Use as typed", rows };
}

function lists(source: ModelSource, model: string): boolean {
  return source.state.state === "ready" && source.state.models.some(({ id }) => id === model);
}

function rowsOf(
  label: string,
  kind: "key" | "ask" | "unsupported",
  text: string,
  sources: readonly ModelSource[],
): PickerGroup {
  const rows = sources
    .filter((source) => rank(`${source.label} ${source.provider}`, text) > 0)
    .map((source) => ({ kind, id: `${kind} ${serverKey(source.provider, source.endpoint)}`, source }));
  return { id: label, label, rows };
}

function hasState(state: SourceState["state"]): (source: ModelSource) => boolean {
  return (source) => source.state.state === state;
}

function isOwn(source: ModelSource): boolean {
  return source.endpoint !== null;
}

/** A place that takes a key and refused to list its models: the key may be why. */
function needsNewKey(source: ModelSource): boolean {
  return source.state.state === "error" && (source.keyEnv !== null || isOwn(source));
}

function addGroup(url: string): PickerGroup {
  return { id: "add", label: "More", rows: [{ kind: "add-endpoint", id: "add-endpoint", url }] };
}
