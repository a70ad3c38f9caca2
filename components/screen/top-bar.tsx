"use client";

import { ChevronDown, CloudOff, Link, Plus, Search } from "lucide-react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/menus/kbd";
import { keysInWords, useIsApple } from "@/components/ui/menus/keys";
import type { ProvidersReply } from "@/lib/contract/servers";

import type { Theme } from "./theme-colors";
import { ThemeToggle } from "./theme-toggle";

type TopBarProps = {
  sessionName: string;
  theme: Theme;
  servers: ProvidersReply | null;
  /** Why what is on screen could not be saved; null while it could. */
  saveProblem: string | null;
  canAddLane: boolean;
  onSessions: () => void;
  onServers: () => void;
  onCopyLink: () => void;
  onPalette: () => void;
  onAddLane: () => void;
};

/** Session, servers, palette and theme: one thin line. */
export function TopBar(props: TopBarProps) {
  return (
    <header
      data-chrome=""
      className="border-line flex h-11 shrink-0 items-center gap-1 border-b px-2 max-[480px]:gap-0"
    >
      <h1 className="px-2 font-semibold tracking-tight">Vitrine</h1>
      <Button
        kind="quiet"
        onClick={props.onSessions}
        className="min-w-0 shrink"
        aria-label={`Comparisons. Open: ${props.sessionName}`}
      >
        <span className="text-text truncate">{props.sessionName}</span>
        <ChevronDown size={14} aria-hidden />
      </Button>
      <SaveBadge problem={props.saveProblem} />
      <span className="ml-auto" />
      <ServerDots servers={props.servers} onClick={props.onServers} />
      {props.canAddLane ? (
        <Button kind="quiet" onClick={props.onAddLane} aria-label="Add lane" title="Add lane">
          <Plus size={16} aria-hidden />
          <span className="max-[900px]:hidden">Lane</span>
        </Button>
      ) : null}
      <Button
        kind="quiet"
        size="icon"
        onClick={props.onCopyLink}
        aria-label="Copy link"
        title="Copy a link to this comparison"
        className="max-[720px]:hidden"
      >
        <Link size={15} aria-hidden />
      </Button>
      <CommandsButton onClick={props.onPalette} />
      <ThemeToggle initial={props.theme} />
    </header>
  );
}

/** Shows its keys where there is room for them. */
function CommandsButton({ onClick }: { onClick: () => void }) {
  const keys = keysInWords("$mod+k", useIsApple());
  return (
    <Button kind="quiet" onClick={onClick} aria-label="Commands" title="Commands" className="px-1.5">
      <Search size={15} aria-hidden />
      <span className="max-[900px]:hidden">
        <Kbd>{keys}</Kbd>
      </span>
    </Button>
  );
}

function SaveBadge({ problem }: { problem: string | null }) {
  if (problem === null) return null;
  return (
    <output
      title={problem}
      className="rounded-inner bg-danger-soft text-danger flex items-center gap-1 px-1.5 py-0.5 text-[13px]"
    >
      <CloudOff size={13} aria-hidden />
      not saved
    </output>
  );
}

const SHOWN = 3;

function ServerDots({ servers, onClick }: { servers: ProvidersReply | null; onClick: () => void }) {
  const usable = (servers?.providers ?? []).filter(
    (report) => report.reach.state === "ready" || (!report.local && report.key === "present"),
  );
  const names = usable.map((report) => report.label);
  const label = names.length === 0 ? "Servers: none found yet" : `Servers: ${names.join(", ")}`;
  const noneYet = servers === null ? "looking …" : "no server";
  return (
    <Button kind="quiet" onClick={onClick} aria-label={label} title={label} className="min-w-0 shrink gap-3">
      {usable.slice(0, SHOWN).map((report) => (
        <span key={report.id} className="flex items-center gap-1.5 max-[720px]:hidden">
          <Dot ready={report.reach.state === "ready"} />
          {report.label}
        </span>
      ))}
      {names.length > SHOWN ? (
        <span className="figures max-[720px]:hidden">+{names.length - SHOWN}</span>
      ) : null}
      <span className={cn("flex items-center gap-1.5", names.length > 0 && "min-[720px]:hidden")}>
        <Dot ready={names.length > 0} />
        {names.length === 0 ? noneYet : names.length}
      </span>
    </Button>
  );
}

function Dot({ ready }: { ready: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        "size-2 rounded-full border forced-color-adjust-none",
        ready ? "border-ok bg-ok" : "border-line-strong",
      )}
    />
  );
}
