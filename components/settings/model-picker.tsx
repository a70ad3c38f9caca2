"use client";

import { useEffect, useMemo, useRef, useState } from "react";

import { FilterList } from "@/components/ui/filter-list";
import { Panel } from "@/components/ui/panel";
import type { ProvidersReply } from "@/lib/providers/api";
import type { Endpoint } from "@/lib/session/session";

import { DemoStatus } from "./demo-status";
import { EndpointForm } from "./endpoint-form";
import { KeyForm } from "./key-form";
import { type ModelList, type ModelSource, modelSources, sourceKey } from "./model-source";
import { PickerHeading, PickerRowView } from "./picker-row-view";
import { modelRowId, type PickerRow, pickerRows } from "./picker-rows";

export type ModelPickerProps = {
  /** null while the first answer of the server is on its way. */
  reply: ProvidersReply | null;
  endpoints: readonly Endpoint[];
  title?: string;
  /** Opens at the key of the lane's server, and is done once that has one. */
  asksKey?: boolean;
  value: { readonly provider: string; readonly endpoint: string | null; readonly model: string };
  /** Lists that came later than `reply`, by `sourceKey`. */
  models: Readonly<Record<string, ModelList>>;
  /** `sourceKey`s with a key in this tab's memory. */
  keysHeld: ReadonlySet<string>;
  onLoadModels: (provider: string, endpoint: string | null) => void;
  onPick: (provider: string, endpoint: string | null, model: string) => void;
  /** null forgets the key. */
  onSetKey: (provider: string, endpoint: string | null, key: string | null) => void;
  onAddEndpoint: (endpoint: Endpoint, key: string | null) => void;
  /** Without it, servers that were added stay. */
  onRemoveEndpoint?: (baseUrl: string) => void;
  onInstallDemo: () => void;
  onClose: () => void;
};

type View =
  | { readonly at: "list" }
  | { readonly at: "key"; readonly source: ModelSource }
  | { readonly at: "endpoint" };

function firstView({ asksKey = false, value }: ModelPickerProps, sources: readonly ModelSource[]): View {
  const wanted = sourceKey(value.provider, value.endpoint);
  const source = sources.find(({ provider, endpoint }) => sourceKey(provider, endpoint) === wanted);
  return asksKey && source !== undefined ? { at: "key", source } : { at: "list" };
}

const TITLES = { key: "Key", endpoint: "Add a server" } as const;

/** Finds a model over all providers, takes ids that no list names, and leads to keys and new servers. */
export function ModelPicker(props: ModelPickerProps) {
  const { reply, endpoints, models, keysHeld, onLoadModels, onSetKey, onAddEndpoint, onClose } = props;
  const { asksKey = false, title = "Model" } = props;
  const [query, setQuery] = useState("");
  const sources = useMemo(
    () => modelSources({ reply, endpoints, lists: models, keysHeld }),
    [reply, endpoints, models, keysHeld],
  );
  const [view, setView] = useState<View>(() => firstView(props, sources));
  useFirstLoad(sources, props.value, onLoadModels);

  return (
    <Panel
      title={view.at === "list" ? title : TITLES[view.at]}
      kind="dialog"
      onClose={onClose}
      className="min-[720px]:h-[36rem]"
    >
      {view.at === "list" ? (
        <PickerList
          {...props}
          sources={sources}
          query={query}
          onQuery={setQuery}
          onKey={(source) => setView({ at: "key", source })}
          onEndpoint={() => setView({ at: "endpoint" })}
        />
      ) : (
        <div className="overflow-y-auto p-4">
          {view.at === "key" ? (
            <KeyForm
              {...view.source}
              onCancel={() => setView({ at: "list" })}
              onSave={(key) => {
                onSetKey(view.source.provider, view.source.endpoint, key);
                if (asksKey) return onClose();
                if (key !== null) onLoadModels(view.source.provider, view.source.endpoint);
                setQuery(key === null ? "" : view.source.label);
                setView({ at: "list" });
              }}
            />
          ) : (
            <EndpointForm
              kinds={(reply?.providers ?? []).filter(({ reach }) => reach.state !== "unsupported")}
              initialUrl={query.includes("://") ? query : ""}
              onCancel={() => setView({ at: "list" })}
              onAdd={(endpoint, key) => {
                onAddEndpoint(endpoint, key);
                onLoadModels(endpoint.provider, endpoint.baseUrl);
                setQuery("");
                setView({ at: "list" });
              }}
            />
          )}
        </div>
      )}
    </Panel>
  );
}

type PickerListProps = ModelPickerProps & {
  sources: readonly ModelSource[];
  query: string;
  onQuery: (query: string) => void;
  onKey: (source: ModelSource) => void;
  onEndpoint: () => void;
};

function PickerList(props: PickerListProps) {
  const { reply, sources, query, value } = props;
  const groups = pickerRows(sources, query, {
    endpointsAllowed: reply?.endpointsAllowed ?? false,
    endpointsRemovable: props.onRemoveEndpoint !== undefined,
  });
  const current = modelRowId(value.provider, value.endpoint, value.model);
  const byKey = new Map(sources.map((source) => [sourceKey(source.provider, source.endpoint), source]));

  const onPick = (id: string) => {
    const row = groups.flatMap((group) => group.rows).find((candidate) => candidate.id === id);
    if (row !== undefined) act(row, props);
  };
  const hasDemo = reply !== null && reply.demo.state !== "ready" && reply.demo.state !== "off";
  return (
    <>
      {hasDemo ? (
        <DemoStatus
          demo={reply.demo}
          onInstall={props.onInstallDemo}
          className="border-line border-b px-4 py-1.5"
        />
      ) : null}
      <FilterList
        label="Model"
        placeholder="Search models, or type an id"
        query={query}
        onQuery={props.onQuery}
        current={current}
        onPick={onPick}
        empty={reply === null ? "Looking for servers …" : `Nothing fits “${query}”.`}
        groups={groups.map((group) => ({
          id: group.id,
          label: group.label,
          heading: <PickerHeading group={group} source={byKey.get(group.id) ?? null} />,
          options: group.rows.map((row) => ({
            id: row.id,
            content: <PickerRowView row={row} />,
            disabled:
              row.kind === "unsupported" || (row.kind === "ask" && row.source.state.state === "loading"),
          })),
        }))}
      />
    </>
  );
}

function act(row: PickerRow, props: PickerListProps): void {
  switch (row.kind) {
    case "model":
      return props.onPick(row.source.provider, row.source.endpoint, row.model.id);
    case "typed":
      return props.onPick(row.source.provider, row.source.endpoint, row.model);
    case "ask":
      return props.onLoadModels(row.source.provider, row.source.endpoint);
    case "key":
      return props.onKey(row.source);
    case "remove-endpoint":
      return row.source.endpoint === null ? undefined : props.onRemoveEndpoint?.(row.source.endpoint);
    case "add-endpoint":
      return props.onEndpoint();
    case "unsupported":
      return undefined;
  }
}

/** Asks the source in use and a person's own servers for their models; hosted ones only when they are picked. */
function useFirstLoad(
  sources: readonly ModelSource[],
  value: ModelPickerProps["value"],
  onLoadModels: ModelPickerProps["onLoadModels"],
): void {
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const current = sourceKey(value.provider, value.endpoint);
    for (const source of sources) {
      const key = sourceKey(source.provider, source.endpoint);
      const isOurs = key === current || source.endpoint !== null;
      if (!isOurs || source.state.state !== "not-asked" || asked.current.has(key)) continue;
      asked.current.add(key);
      onLoadModels(source.provider, source.endpoint);
    }
  }, [sources, value, onLoadModels]);
}
