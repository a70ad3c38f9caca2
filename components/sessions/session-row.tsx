"use client";

import { CopyPlus, Download, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import { cn } from "@/components/ui/cn";
import { CONTROL } from "@/components/ui/fields/control";
import { isComposing } from "@/components/ui/fields/is-composing";
import { IconButton } from "@/components/ui/icon-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { SessionSummary } from "@/lib/session/store/session";

type SessionRowProps = {
  summary: SessionSummary;
  isOpen: boolean;
  onOpen: () => void;
  onRename: (name: string) => void;
  onDuplicate: () => void;
  onExport: () => void;
  onDelete: () => void;
};

/** One saved comparison in the list. */
export function SessionRow({
  summary,
  isOpen,
  onOpen,
  onRename,
  onDuplicate,
  onExport,
  onDelete,
}: SessionRowProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const { updatedAt, lanes } = summary;
  const name = showMarks(summary.name);
  const save = () => {
    if (draft !== null && draft.trim() !== "") onRename(draft.trim());
    setDraft(null);
  };
  return (
    <li className={cn("hover:bg-sunken flex items-center gap-1 px-4 py-1", isOpen && "bg-accent-soft")}>
      {draft === null ? (
        <button
          type="button"
          onClick={onOpen}
          aria-current={isOpen}
          className="rounded-inner grid min-w-0 flex-1 py-1 text-left"
        >
          <span dir="auto" className="truncate">
            {name}
          </span>
          <span className="text-muted text-[13px]">
            {`${new Date(updatedAt).toLocaleString()} · ${lanes} ${lanes === 1 ? "lane" : "lanes"}`}
          </span>
        </button>
      ) : (
        <input
          dir="auto"
          ref={focusField}
          aria-label="Name of the comparison"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            if (event.key === "Enter") save();
            if (event.key !== "Escape") return;
            // Esc ends the renaming, not the whole list.
            event.stopPropagation();
            setDraft(null);
          }}
          className={cn(CONTROL, "h-8 min-w-0 flex-1")}
        />
      )}
      <IconButton label={`Rename ${name}`} onClick={() => setDraft(summary.name)}>
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

function focusField(field: HTMLInputElement | null): void {
  field?.focus();
}
