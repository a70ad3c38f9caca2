"use client";

import { useMemo, useState } from "react";

import { AddressForm } from "@/components/settings/model/address-form";
import { KeyForm } from "@/components/settings/model/key-form";
import { type ModelSource, modelSources } from "@/components/settings/model/model-source";
import { useSourceInput } from "@/components/settings/model/use-source-input";
import { ViewsPanel } from "@/components/ui/panel/views-panel";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useActions } from "@/lib/session/hooks/use-session";
import type { Endpoint } from "@/lib/session/store/session";

import { EndpointForm } from "./endpoint-form";
import { ServerList } from "./server-list";

type ServersPanelProps = {
  /** The form for a new server is open, at this address; null = the list. */
  adds: string | null;
  /** The services that lack a key are in view, and the first of them has the focus. */
  asksForKey: boolean;
  /** Leads to the models that fit the words. */
  onModels: (query: string) => void;
  onClose: () => void;
};

type View =
  | { readonly at: "list" }
  | { readonly at: "add"; readonly url: string }
  | { readonly at: "edit"; readonly endpoint: Endpoint }
  | { readonly at: "key"; readonly source: ModelSource };

const LIST: View = { at: "list" };

/** The servers: what each was last seen to do, their keys and addresses, new ones, and the demo model. */
export function ServersPanel({ adds, asksForKey, onModels, onClose }: ServersPanelProps) {
  const [view, setView] = useState<View>(adds === null ? LIST : { at: "add", url: adds });
  /** Base URL of the server that was just added or changed. */
  const [latest, setLatest] = useState<string | null>(null);
  const known = useSourceInput();
  const { reply, endpoints, ownEndpoints = endpoints } = known;
  const sources = useMemo(() => modelSources(known), [known]);
  const actions = useActions();
  const page = usePageActions();
  const kinds = (reply?.providers ?? []).filter(({ reach }) => reach.state !== "unsupported");
  const back = () => setView(LIST);
  const test = ({ provider, endpoint, isLocal }: Pick<ModelSource, "provider" | "endpoint" | "isLocal">) => {
    page.loadModels(provider, endpoint, true);
    if (isLocal) page.refreshServers();
  };
  const seeAgain = (endpoint: Endpoint) => {
    test({ provider: endpoint.provider, endpoint: endpoint.baseUrl, isLocal: false });
    setLatest(endpoint.baseUrl);
    back();
  };

  return (
    <ViewsPanel
      title={titleOf(view)}
      back={view.at === "list" ? null : { label: "Back to all servers", run: back }}
      onClose={onClose}
    >
      {view.at === "list" ? (
        <ServerList
          reply={reply}
          sources={sources}
          latest={latest}
          asksForKey={asksForKey}
          onAdd={reply?.endpointsAllowed === false ? null : () => setView({ at: "add", url: "" })}
          onTest={test}
          onModels={onModels}
          onKey={(source) => setView({ at: "key", source })}
          onEdit={({ endpoint }) => {
            const edited = endpoints.find(({ baseUrl }) => baseUrl === endpoint);
            if (edited !== undefined) setView({ at: "edit", endpoint: edited });
          }}
          onMove={(from, to) => {
            const moved = endpoints.find(({ baseUrl }) => baseUrl === from);
            actions.moveEndpoint(from, to);
            if (moved !== undefined) seeAgain({ ...moved, baseUrl: to });
          }}
          onRemove={actions.removeEndpoint}
        />
      ) : view.at === "add" ? (
        <EndpointForm
          kinds={kinds}
          server={null}
          others={ownEndpoints}
          initialUrl={view.url}
          onCancel={back}
          onSave={(endpoint, key, secrets) => {
            actions.addEndpoint(endpoint, key, secrets);
            seeAgain(endpoint);
          }}
        />
      ) : view.at === "edit" ? (
        <EndpointForm
          kinds={kinds}
          server={view.endpoint}
          others={ownEndpoints.filter(({ baseUrl }) => baseUrl !== view.endpoint.baseUrl)}
          initialUrl=""
          onCancel={back}
          onSave={(endpoint, key, secrets) => {
            // What was cut out of the address stays with it, unless another address is typed.
            const isSame = endpoint.baseUrl === view.endpoint.baseUrl;
            const { asks } = view.endpoint;
            const to = isSame && asks !== undefined ? { ...endpoint, asks } : endpoint;
            actions.changeEndpoint(view.endpoint.baseUrl, to, secrets);
            if (key !== null) actions.setKey(endpoint.provider, endpoint.baseUrl, key);
            seeAgain(endpoint);
          }}
        />
      ) : (
        <div className="p-4">
          <SourceKey source={view.source} onDone={back} onTest={() => test(view.source)} />
        </div>
      )}
    </ViewsPanel>
  );
}

type SourceKeyProps = { source: ModelSource; onDone: () => void; onTest: () => void };

/** The key of a server, or the secret part of its address. */
function SourceKey({ source, onDone, onTest }: SourceKeyProps) {
  const actions = useActions();
  const { provider, endpoint, label, asks } = source;
  if (asks !== null && endpoint !== null) {
    return (
      <AddressForm
        label={label}
        asks={asks}
        onCancel={onDone}
        onSave={(secrets, key) => {
          if (key !== null) actions.setKey(provider, endpoint, key);
          actions.setAddressSecrets({ provider, baseUrl: endpoint, name: label }, secrets);
          onTest();
          onDone();
        }}
      />
    );
  }
  return (
    <KeyForm
      {...source}
      onCancel={onDone}
      onSave={(key) => {
        actions.setKey(provider, endpoint, key);
        if (key !== null) onTest();
        onDone();
      }}
    />
  );
}

function titleOf(view: View): string {
  switch (view.at) {
    case "list":
      return "Servers";
    case "add":
      return "Add a server";
    case "edit":
      return "Edit server";
    case "key":
      return "Key";
  }
}
