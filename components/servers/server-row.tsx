"use client";

import { Ellipsis } from "lucide-react";

import type { ModelSource } from "@/components/settings/model/model-source";
import { seenWords } from "@/components/settings/model/server-words";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Menu } from "@/components/ui/menus/menu";
import type { MenuEntry } from "@/components/ui/menus/menu-entry";
import { showMarks } from "@/lib/markdown/visible-marks";

type ServerRowProps = {
  source: ModelSource;
  /** It was just added or tested: its first button takes the focus. */
  takesFocus?: boolean;
  /** null = it is asked only once the person has allowed it. */
  onTest: (() => void) | null;
  /** Leads to its models; null where it has none to choose. */
  onModels: (() => void) | null;
  /** What mends it; null = nothing to mend. */
  fix: { readonly label: string; readonly run: () => void } | null;
  entries: readonly MenuEntry[];
};

/** One server: its name, its address, what was last seen of it, and what can be done with it. */
export function ServerRow({ source, takesFocus = false, onTest, onModels, fix, entries }: ServerRowProps) {
  const { label, address, state } = source;
  const isReady = state.state === "ready";
  const message = state.state === "error" || state.state === "unsupported" ? state.message : null;
  return (
    <li className="grid gap-1 px-4 py-2.5" aria-label={label}>
      <div className="flex min-w-0 items-baseline gap-2">
        <span
          aria-hidden
          className={cn(
            "size-2 shrink-0 rounded-full border forced-color-adjust-none",
            isReady ? "border-ok bg-ok" : "border-line-strong",
          )}
        />
        <span dir="auto" className="min-w-0 truncate font-medium">
          {label}
        </span>
        <output className="text-muted ml-auto shrink-0 text-[13px] tabular-nums">{seenWords(state)}</output>
      </div>
      <div className="flex min-w-0 items-center gap-1 pl-4">
        <span className="figures text-muted min-w-0 flex-1 truncate" title={address}>
          {address.replace(/^https?:\/\//u, "")}
        </span>
        {onModels === null ? null : (
          <Button
            kind="quiet"
            size="small"
            ref={takesFocus ? focusOnce : null}
            aria-label={`Choose a model of ${label}`}
            onClick={onModels}
          >
            Choose a model
          </Button>
        )}
        {onTest === null ? null : (
          <Button kind="quiet" size="small" aria-label={`Test ${label}`} onClick={onTest}>
            Test
          </Button>
        )}
        {entries.length === 0 ? null : (
          <Menu kind="quiet" size="icon" label={`More for ${label}`} entries={entries}>
            <Ellipsis size={15} aria-hidden />
          </Menu>
        )}
      </div>
      {message === null ? null : (
        <p className="text-muted pl-4 text-[13px] [overflow-wrap:anywhere]">{showMarks(message)}</p>
      )}
      {fix === null ? null : (
        <Button size="small" className="ml-4 max-w-full justify-self-start" onClick={fix.run}>
          <span className="truncate">{fix.label}</span>
        </Button>
      )}
    </li>
  );
}

function focusOnce(button: HTMLElement | null): void {
  button?.focus({ preventScroll: false });
}
