"use client";

import { Pencil, Trash2, Upload } from "lucide-react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { RenameField } from "@/components/ui/fields/rename-field";
import { useRenaming } from "@/components/ui/fields/use-renaming";
import { pickFile } from "@/components/ui/files";
import { IconButton } from "@/components/ui/icon-button";
import { Panel } from "@/components/ui/panel/panel";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useVerify, useVerifyActions } from "@/lib/session/verify/verify-context";
import type { RunSummary } from "@/lib/session/verify/verify-database";
import { formatPlural } from "@/lib/stream/figures/format-number";

/** Runs that are kept in this browser: open, rename, delete and bring back, open a file. */
export function RunsPanel({ onClose }: { onClose: () => void }) {
  const runs = useVerify((state) => state.runs);
  const open = useVerify((state) => state.open?.run.id ?? null);
  const live = useVerify((state) => state.live?.id ?? null);
  const deleted = useVerify((state) => state.deleted);
  const actions = useVerifyActions();
  return (
    <Panel title="Runs" kind="dialog" onClose={onClose}>
      <div className="border-line flex flex-wrap items-center gap-2 border-b px-4 py-2">
        <Button
          size="small"
          data-initial-focus
          onClick={() =>
            pickFile([".json"], (file) => {
              void actions.importRun(file);
              onClose();
            })
          }
        >
          <Upload size={14} aria-hidden />
          Open a run…
        </Button>
        {deleted === null ? null : (
          <span className="text-muted flex min-w-0 items-center gap-2 text-[13px]">
            <span className="truncate">{`Deleted “${showMarks(deleted.run.name)}”.`}</span>
            <Button size="small" onClick={() => void actions.undoRemove()}>
              Undo
            </Button>
          </span>
        )}
      </div>
      {runs.length === 0 ? (
        <p className="text-muted px-4 py-6">
          No run is kept yet. A run is kept from its first trial on, in this browser.
        </p>
      ) : (
        <ul aria-label="Runs that are kept" className="min-h-0 flex-1 overflow-y-auto py-1">
          {runs.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              isOpen={run.id === open}
              isLive={run.id === live}
              onOpen={() => {
                void actions.openRun(run.id);
                onClose();
              }}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

type RunRowProps = { run: RunSummary; isOpen: boolean; isLive: boolean; onOpen: () => void };

function RunRow({ run, isOpen, isLive, onOpen }: RunRowProps) {
  const actions = useVerifyActions();
  const { isRenaming, button, start, end } = useRenaming((renamed) => void actions.rename(run.id, renamed));
  const name = showMarks(run.name);
  return (
    <li className={cn("hover:bg-sunken flex items-center gap-1 px-4 py-1", isOpen && "bg-accent-soft")}>
      {isRenaming ? (
        <RenameField label="Name of the run" name={run.name} onEnd={end} />
      ) : (
        <button
          type="button"
          aria-current={isOpen}
          onClick={onOpen}
          className="rounded-inner grid min-w-0 flex-1 py-1 text-left"
        >
          <span dir="auto" className="truncate">
            {name}
          </span>
          <span className="text-muted truncate text-[13px]">
            {[
              new Date(run.startedAt).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" }),
              formatPlural(run.trials, "trial"),
              ...(isLive ? ["running"] : []),
            ].join(" · ")}
          </span>
        </button>
      )}
      <IconButton label={`Rename ${name}`} ref={button} onClick={start}>
        <Pencil size={14} aria-hidden />
      </IconButton>
      <IconButton label={`Delete ${name}`} onClick={() => void actions.remove(run.id)}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </li>
  );
}
