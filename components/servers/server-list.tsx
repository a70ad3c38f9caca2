"use client";

import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { DemoStatus } from "@/components/settings/model/demo-status";
import type { ModelSource } from "@/components/settings/model/model-source";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyRow, ListGroup } from "@/components/ui/list-group";
import type { MenuEntry } from "@/components/ui/menus/menu-entry";
import { UndoRow } from "@/components/ui/undo-row";
import type { ProvidersReply } from "@/lib/contract/servers";
import { belowBaseUrl } from "@/lib/providers/base-url";
import { serverKey } from "@/lib/session/store/app-state";
import { formatPlural } from "@/lib/stream/figures/format-number";

import { ServerRow } from "./server-row";

type ServerListProps = {
  /** null while the first answer of Vitrine's server is on its way. */
  reply: ProvidersReply | null;
  sources: readonly ModelSource[];
  /** Base URL of the server that was just added or changed: it takes the focus. */
  latest: string | null;
  /** Shows the services that lack a key, and gives the first of them the focus. */
  asksForKey: boolean;
  /** null where people may not add servers. */
  onAdd: (() => void) | null;
  onTest: (source: ModelSource) => void;
  onModels: (query: string) => void;
  onKey: (source: ModelSource) => void;
  onEdit: (source: ModelSource) => void;
  /** Gives a server the address at which it answers. */
  onMove: (from: string, to: string) => void;
  /** Returns what brings it back. */
  onRemove: (baseUrl: string) => () => void;
};

type Removed = { readonly label: string; readonly address: string; readonly undo: () => void };

/** All servers: the person's own, those of this machine, services with a key, and what is not in use yet. */
export function ServerList(props: ServerListProps) {
  const { reply, sources, latest, asksForKey, onAdd } = props;
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [restored, setRestored] = useState<string | null>(null);
  useAskOwn(sources, props.onTest);
  const own = sources.filter(({ endpoint, isForeign }) => endpoint !== null && !isForeign);
  const foreign = sources.filter(({ isForeign }) => isForeign);
  const presets = sources.filter(({ endpoint, state }) => endpoint === null && state.state !== "unsupported");
  const local = presets.filter((source) => source.isLocal && !isAway(source));
  const away = presets.filter((source) => source.isLocal && isAway(source));
  const open = presets.filter((source) => !source.isLocal && !isLocked(source));
  const locked = presets.filter((source) => !source.isLocal && isLocked(source));
  const row = (source: ModelSource) => (
    <Row
      key={serverKey(source.provider, source.endpoint)}
      {...props}
      source={source}
      takesFocus={source.endpoint !== null && source.endpoint === (restored ?? latest)}
      onRemoved={(gone) => {
        setRestored(null);
        setRemoved(gone);
      }}
    />
  );
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
        {onAdd === null ? null : (
          <Button kind="primary" {...initialFocus(!asksForKey)} onClick={onAdd}>
            <Plus size={14} aria-hidden />
            Add a server
          </Button>
        )}
        <span className="text-muted min-w-0 flex-1 basis-40 text-[13px]">
          {onAdd === null
            ? "This Vitrine does not accept servers of your own."
            : "Any OpenAI-compatible address. In every comparison of this browser."}
        </span>
      </div>
      {removed === null ? null : (
        <UndoRow
          key={removed.address}
          onUndo={() => {
            removed.undo();
            setRestored(removed.address);
            setRemoved(null);
          }}
        >{`Removed ${removed.label}.`}</UndoRow>
      )}
      <ListGroup title="Your servers">
        {own.map(row)}
        {own.length > 0 ? null : <EmptyRow>None added yet.</EmptyRow>}
      </ListGroup>
      {foreign.length === 0 ? null : (
        <ListGroup title="Only in this comparison">{foreign.map(row)}</ListGroup>
      )}
      <ListGroup title="On this machine">
        {local.map(row)}
        {local.length > 0 ? null : (
          <EmptyRow>
            {reply === null
              ? "Looking for servers …"
              : "No server found. One that starts here shows up by itself within seconds."}
          </EmptyRow>
        )}
      </ListGroup>
      {reply === null ? null : <DemoStatus demo={reply.demo} className="px-4 pb-2" />}
      {away.length === 0 ? null : (
        <Disclosure
          summary={`${formatPlural(away.length, "server")} not running`}
          className="border-line border-t px-4 py-2"
        >
          <ul className="-mx-4">
            {away.map((source) => (
              <Away key={source.provider} source={source} onTest={props.onTest} />
            ))}
          </ul>
        </Disclosure>
      )}
      {open.length === 0 ? null : <ListGroup title="Services">{open.map(row)}</ListGroup>}
      {locked.length === 0 ? null : (
        <Disclosure
          summary={`${formatPlural(locked.length, "service")} without a key`}
          defaultOpen={asksForKey}
          className="border-line border-t px-4 py-2"
        >
          <ul>
            {locked.map((source, index) => (
              <li key={source.provider} className="flex items-center gap-2 py-0.5">
                <span className="min-w-0 flex-1 truncate">{source.label}</span>
                <Button
                  kind="quiet"
                  size="small"
                  aria-label={`Paste a key for ${source.label}`}
                  {...initialFocus(asksForKey && index === 0)}
                  onClick={() => props.onKey(source)}
                >
                  Paste a key
                </Button>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}

/** Marks what a panel gives the focus to. */
function initialFocus(isFirst: boolean): { "data-initial-focus"?: "" } {
  return isFirst ? { "data-initial-focus": "" } : {};
}

function isAway({ state }: ModelSource): boolean {
  return state.state === "absent";
}

function isLocked({ state }: ModelSource): boolean {
  return state.state === "no-key";
}

type RowProps = Pick<ServerListProps, "onTest" | "onModels" | "onKey" | "onEdit" | "onMove" | "onRemove"> & {
  source: ModelSource;
  takesFocus: boolean;
  onRemoved: (removed: Removed) => void;
};

function Row({ source, takesFocus, onTest, onModels, onKey, onEdit, onMove, onRemove, onRemoved }: RowProps) {
  const { endpoint, label, address, keyEnv, keyHeld, asks, isForeign, state } = source;
  const entries: MenuEntry[] = [];
  if (endpoint !== null && !isForeign)
    entries.push({ kind: "item", label: "Rename or edit…", run: () => onEdit(source) });
  if ((endpoint !== null || keyEnv !== null) && !isForeign)
    entries.push({ kind: "item", label: keyLabel(keyHeld, asks !== null), run: () => onKey(source) });
  if (endpoint !== null) {
    entries.push({
      kind: "item",
      label: "Remove",
      danger: true,
      run: () => onRemoved({ label, address, undo: onRemove(endpoint) }),
    });
  }
  const below = state.state === "ready" && endpoint !== null ? state.below : undefined;
  const to = below === undefined || endpoint === null ? null : belowBaseUrl(endpoint, below);
  const hasModels = state.state === "ready" && to === null;
  return (
    <ServerRow
      source={source}
      takesFocus={takesFocus}
      onTest={isForeign ? null : () => onTest(source)}
      onModels={isForeign || !(hasModels || takesFocus) ? null : () => onModels(label)}
      fix={
        to === null || endpoint === null
          ? null
          : { label: `Use ${to} instead`, run: () => onMove(endpoint, to) }
      }
      entries={entries}
    />
  );
}

function keyLabel(isHeld: boolean, asksAddress: boolean): string {
  if (asksAddress)
    return isHeld ? "Change the secret part of its address…" : "Enter the secret part of its address…";
  return isHeld ? "Change or forget the key…" : "Paste a key…";
}

/** A local server that does not answer, and how to start it. */
function Away({ source, onTest }: { source: ModelSource; onTest: (source: ModelSource) => void }) {
  return (
    <li className="grid gap-0.5 px-4 py-1">
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate">{source.label}</span>
        <Button kind="quiet" size="small" aria-label={`Test ${source.label}`} onClick={() => onTest(source)}>
          Test
        </Button>
      </span>
      <span className="text-muted text-[13px]">{source.hint}</span>
    </li>
  );
}

/** Asks the person's own servers once: they are few, and what they can do is why somebody looks here. */
function useAskOwn(sources: readonly ModelSource[], onTest: (source: ModelSource) => void): void {
  const asked = useRef(new Set<string>());
  useEffect(() => {
    for (const source of sources) {
      const { endpoint, isForeign, state } = source;
      if (endpoint === null || isForeign || state.state !== "not-asked" || asked.current.has(endpoint))
        continue;
      asked.current.add(endpoint);
      onTest(source);
    }
  }, [sources, onTest]);
}
