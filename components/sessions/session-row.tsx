"use client";

import { CopyPlus, Download, Pencil, Trash2 } from "lucide-react";

import { cn } from "@/components/ui/cn";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { RenameField } from "@/components/ui/fields/rename-field";
import { useRenaming } from "@/components/ui/fields/use-renaming";
import { IconButton } from "@/components/ui/icon-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { SessionSummary } from "@/lib/session/store/session";

import { relativeDate } from "./relative-date";

type SessionRowProps = {
  summary: SessionSummary;
  /** epoch ms; dates are shown relative to it. */
  now: number;
  isOpen: boolean;
  /** It was just brought back. */
  takesFocus: boolean;
  onOpen: () => void;
  onRename: (name: string) => void;
  onDuplicate: () => void;
  onExport: () => void;
  onDelete: () => void;
};

/** One saved comparison in the list. */
export function SessionRow({
  summary,
  now,
  isOpen,
  takesFocus,
  onOpen,
  onRename,
  onDuplicate,
  onExport,
  onDelete,
}: SessionRowProps) {
  const { isRenaming, button, start, end } = useRenaming(onRename);
  const { updatedAt, lanes, models } = summary;
  const name = showMarks(summary.name);
  return (
    <li className={cn("hover:bg-sunken flex items-center gap-1 px-4 py-1", isOpen && "bg-accent-soft")}>
      {isRenaming ? (
        <RenameField label="Name of the comparison" name={summary.name} onEnd={end} />
      ) : (
        <button
          type="button"
          ref={takesFocus ? focusOnMount : null}
          onClick={onOpen}
          aria-current={isOpen}
          className="rounded-inner grid min-w-0 flex-1 py-1 text-left"
        >
          <span dir="auto" className="truncate">
            {name}
          </span>
          <span className="text-muted flex min-w-0 gap-x-1 text-[13px] whitespace-pre">
            <time
              dateTime={new Date(updatedAt).toISOString()}
              title={new Date(updatedAt).toLocaleString()}
              className="shrink-0"
            >
              {relativeDate(updatedAt, now)}
            </time>
            <span className="shrink-0">{`· ${lanes} ${lanes === 1 ? "lane" : "lanes"}`}</span>
            {models.length === 0 ? null : (
              <span title={showMarks(models.join("\n"))} className="truncate">
                {`· ${modelWords(models)}`}
              </span>
            )}
          </span>
        </button>
      )}
      <IconButton label={`Rename ${name}`} ref={button} onClick={start}>
        <Pencil size={14} aria-hidden />
      </IconButton>
      <IconButton label={`Duplicate ${name}`} onClick={onDuplicate}>
        <CopyPlus size={14} aria-hidden />
      </IconButton>
      <IconButton label={`Export ${name}`} onClick={onExport}>
        <Download size={14} aria-hidden />
      </IconButton>
      <IconButton label={`Delete ${name}`} onClick={onDelete}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </li>
  );
}

const NAMED_MODELS = 2;

/** The models' names without their organizations: "smollm2-135m, qwen3-32b +1". */
function modelWords(models: readonly string[]): string {
  const names = models.slice(0, NAMED_MODELS).map((model) => model.split("/").at(-1));
  const more = models.length > NAMED_MODELS ? ` +${models.length - NAMED_MODELS}` : "";
  return showMarks(`${names.join(", ")}${more}`);
}
