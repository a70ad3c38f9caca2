"use client";

import { useEffect, useMemo, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { type FilterGroup, FilterList } from "@/components/ui/menus/filter-list";
import { Panel } from "@/components/ui/panel/panel";
import type { ProvidersReply } from "@/lib/contract/servers";
import type { AddressSecrets } from "@/lib/providers/base-url";
import { serverKey } from "@/lib/session/store/app-state";
import type { Endpoint } from "@/lib/session/store/session";

import { AddressForm } from "./address-form";
import { DemoStatus } from "./demo-status";
import { KeyForm } from "./key-form";
import { type ModelSource, modelSources, type SourceInput } from "./model-source";
import { PickerHeading, PickerRowView } from "./picker-row-view";
import { type PickerGroup, type PickerRow, modelRowId, pickerRows } from "./picker-rows";

export type ModelPickerProps = {
  /** null while the first answer of the server is on its way. */
  reply: ProvidersReply | null;
  endpoints: readonly Endpoint[];
  title?: string;
  /** Those of `endpoints` that are the person's; all of them where missing. */
  ownEndpoints?: readonly Endpoint[] | undefined;
  /** What the field begins with. */
  query?: string;
  /** "key" is done once there is a key. */
  opensAt?: "list" | "key";
  value: { readonly provider: string; readonly endpoint: string | null; readonly model: string };
  /** Lists that came later than `reply`, by `serverKey`. */
  lists: SourceInput["lists"];
  /** `serverKey`s with a key in this tab's memory. */
  keysHeld: ReadonlySet<string>;
  onLoadModels: (provider: string, endpoint: string | null) => void;
  onPick: (provider: string, endpoint: string | null, model: string) => void;
  /** null forgets the key. */
  onSetKey: (provider: string, endpoint: string | null, key: string | null) => void;
  /** Leads to the servers: to all of them, or to a new one at an address that was typed. */
  onServers: (url: string | null) => void;
  onSetAddress: (endpoint: Endpoint, secrets: AddressSecrets) => void;
  onMoveEndpoint: (from: string, to: string) => void;
  onClose: () => void;
};

type View = { readonly at: "list" } | { readonly at: "key"; readonly source: ModelSource };

function firstView({ opensAt = "list", value }: ModelPickerProps, sources: readonly ModelSource[]): View {
  const wanted = serverKey(value.provider, value.endpoint);
  const source = sources.find(({ provider, endpoint }) => serverKey(provider, endpoint) === wanted);
  return opensAt === "key" && source !== undefined ? { at: "key", source } : { at: "list" };
}

/** Finds a model over all providers, takes ids that no list names, and leads to keys and servers. */
export function ModelPicker(props: ModelPickerProps) {
  const { reply, endpoints, lists, keysHeld, onLoadModels, onSetKey, onClose } = props;
  const { opensAt = "list", title = "Model", ownEndpoints } = props;
  const [query, setQuery] = useState(props.query ?? "");
  const sources = useMemo(
    () => modelSources({ reply, endpoints, ownEndpoints, lists, keysHeld }),
    [reply, endpoints, ownEndpoints, lists, keysHeld],
  );
  const [view, setView] = useState<View>(() => firstView(props, sources));
  const back = () => setView({ at: "list" });
  useFirstLoad(sources, props.value, onLoadModels);

  return (
    <Panel
      title={view.at === "list" ? title : "Key"}
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
        />
      ) : (
        <div className="overflow-y-auto p-4">
          {view.source.asks !== null && view.source.endpoint !== null ? (
            <AddressForm
              label={view.source.label}
              asks={view.source.asks}
              onCancel={back}
              onSave={(secrets, key) => {
                const { provider, endpoint, label } = view.source;
                if (endpoint === null) return;
                if (key !== null) onSetKey(provider, endpoint, key);
                props.onSetAddress({ provider, baseUrl: endpoint, name: label }, secrets);
                if (opensAt === "key") return onClose();
                onLoadModels(provider, endpoint);
                setQuery(label);
                setView({ at: "list" });
              }}
            />
          ) : (
            <KeyForm
              {...view.source}
              onCancel={back}
              onSave={(key) => {
                onSetKey(view.source.provider, view.source.endpoint, key);
                if (opensAt === "key") return onClose();
                if (key !== null) onLoadModels(view.source.provider, view.source.endpoint);
                setQuery(key === null ? "" : view.source.label);
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
};

function PickerList(props: PickerListProps) {
  const { reply, sources, query, value } = props;
  const endpointsAllowed = reply?.endpointsAllowed ?? false;
  const groups = useMemo(
    () => pickerRows(sources, query, endpointsAllowed),
    [sources, query, endpointsAllowed],
  );
  const shown = useMemo(() => toFilterGroups(groups, sources), [groups, sources]);
  const current = modelRowId(value.provider, value.endpoint, value.model);

  const onPick = (id: string) => {
    const row = groups.flatMap((group) => group.rows).find((candidate) => candidate.id === id);
    if (row !== undefined) act(row, props);
  };
  const hasDemo = reply !== null && reply.demo.state !== "ready" && reply.demo.state !== "off";
  return (
    <>
      {hasDemo ? <DemoStatus demo={reply.demo} className="border-line border-b px-4 py-1.5" /> : null}
      <FilterList
        label="Model"
        placeholder="Search models, or type an id or an address"
        query={query}
        onQuery={props.onQuery}
        current={current}
        onPick={onPick}
        empty={reply === null ? "Looking for servers …" : `No match for “${query}”.`}
        groups={shown}
      />
      <div className="border-line flex shrink-0 justify-end border-t px-3 py-1.5">
        <Button kind="quiet" size="small" onClick={() => props.onServers(null)}>
          Manage servers
        </Button>
      </div>
    </>
  );
}

function toFilterGroups(
  groups: readonly PickerGroup[],
  sources: readonly ModelSource[],
): readonly FilterGroup[] {
  const byKey = new Map(sources.map((source) => [serverKey(source.provider, source.endpoint), source]));
  return groups.map((group) => ({
    id: group.id,
    label: group.label,
    heading: <PickerHeading group={group} source={byKey.get(group.id) ?? null} />,
    options: group.rows.map((row) => ({
      id: row.id,
      content: () => <PickerRowView row={row} />,
      disabled: row.kind === "unsupported" || (row.kind === "ask" && row.source.state.state === "loading"),
    })),
  }));
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
    case "add-endpoint":
      return props.onServers(row.url);
    case "move-endpoint":
      if (row.source.endpoint === null) return undefined;
      props.onMoveEndpoint(row.source.endpoint, row.to);
      return props.onLoadModels(row.source.provider, row.to);
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
    const current = serverKey(value.provider, value.endpoint);
    for (const source of sources) {
      const key = serverKey(source.provider, source.endpoint);
      const isOurs = key === current || source.endpoint !== null;
      if (!isOurs || source.isForeign || source.state.state !== "not-asked" || asked.current.has(key))
        continue;
      asked.current.add(key);
      onLoadModels(source.provider, source.endpoint);
    }
  }, [sources, value, onLoadModels]);
}
