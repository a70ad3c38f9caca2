"use client";

import { ChartGantt, Diff, Pencil, Table2 } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { isComposing } from "@/components/ui/fields/is-composing";
import { IconButton } from "@/components/ui/icon-button";
import { loadedPart } from "@/components/ui/loaded-part";
import { Menu } from "@/components/ui/menus/menu";
import type { MenuEntry } from "@/components/ui/menus/menu-entry";
import { useIsNarrow } from "@/components/ui/use-is-narrow";
import { showTraps } from "@/lib/markdown/visible-marks";
import { useReadOnly } from "@/lib/session/hooks/use-session";
import type { ImageRef } from "@/lib/session/store/session";

import { LongText } from "./long-text";

const PromptImages = loadedPart(async () => (await import("./prompt-images")).PromptImages);

type PromptRowProps = {
  id: string;
  /** Of the row, from 1. */
  laneNumber: number;
  prompt: string;
  images: readonly ImageRef[];
  onEdit: (prompt: string, images: readonly ImageRef[]) => void;
  /** What shows the answers side by side; absent where there is one lane. */
  views?: PromptViews | undefined;
};

type PromptViews = {
  readonly numbers: () => void;
  readonly timeline: () => void;
  readonly answers: () => void;
};

type PromptDraft = { readonly text: string; readonly images: readonly ImageRef[] };
type Edit = { readonly of: string | null; readonly draft: PromptDraft };

/** Nothing is edited any more: the Edit button has the focus back. */
const DONE: Edit = { of: null, draft: { text: "", images: [] } };

/** What was asked, once for all lanes it went to. Editing it makes a branch in each of them. */
export function PromptRow({ id, laneNumber, prompt, images, onEdit, views }: PromptRowProps) {
  const readOnly = useReadOnly();
  const [edit, setEdit] = useState<Edit | null>(null);
  // The row stays when another branch's prompt takes its place; what was begun belongs to the old one.
  const draft = edit?.of === prompt ? edit.draft : null;
  const setDraft = (changed: PromptDraft) => setEdit({ of: prompt, draft: changed });
  if (draft !== null) {
    return (
      <PromptEditor
        draft={draft}
        onDraft={setDraft}
        onCancel={() => setEdit(DONE)}
        onSave={() => saveEdit()}
      />
    );
  }
  return (
    <div className="group flex items-start gap-3 py-[7px]">
      <h2 className="sr-only select-none">{`Prompt ${laneNumber}`}</h2>
      <div className="min-w-0 flex-1">
        <LongText id={id} text={showTraps(prompt)} />
        {images.length === 0 ? null : <PromptImages images={images} />}
      </div>
      <span
        data-chrome=""
        className="flex shrink-0 opacity-60 group-focus-within:opacity-100 group-hover:opacity-100"
      >
        {views === undefined ? null : <Views views={views} />}
        {readOnly ? null : (
          <Button
            kind="quiet"
            size="icon"
            ref={edit === null ? null : focusOnMount}
            aria-label="Edit prompt"
            onClick={() => setDraft({ text: prompt, images })}
          >
            <Pencil size={14} aria-hidden />
          </Button>
        )}
        <CopyButton label="Copy prompt" text={() => prompt} />
      </span>
    </div>
  );

  function saveEdit(): void {
    const text = draft?.text.trim() ?? "";
    const kept = draft?.images ?? images;
    setEdit(DONE);
    if (text !== "" && (text !== prompt || kept.length !== images.length)) onEdit(text, kept);
  }
}

/** A button for each view; on a phone, where the prompt needs their room, one with a menu of them. */
function Views({ views }: { views: PromptViews }) {
  const isNarrow = useIsNarrow();
  const all = [
    { label: "Compare answers", Icon: Diff, run: views.answers },
    { label: "Timeline", Icon: ChartGantt, run: views.timeline },
    { label: "Compare numbers", Icon: Table2, run: views.numbers },
  ];
  if (!isNarrow) {
    return all.map(({ label, Icon, run }) => (
      <IconButton key={label} label={label} onClick={run}>
        <Icon size={14} aria-hidden />
      </IconButton>
    ));
  }
  const entries = all.map(({ label, Icon, run }): MenuEntry => ({
    kind: "item",
    label,
    icon: <Icon size={14} aria-hidden />,
    run,
  }));
  return (
    <Menu label="Compare" kind="quiet" size="icon" entries={entries}>
      <Diff size={14} aria-hidden />
    </Menu>
  );
}

type PromptEditorProps = {
  draft: PromptDraft;
  onDraft: (draft: PromptDraft) => void;
  onCancel: () => void;
  onSave: () => void;
};

function PromptEditor({ draft, onDraft, onCancel, onSave }: PromptEditorProps) {
  return (
    <div className="grid gap-2 py-2">
      <textarea
        dir="auto"
        aria-label="Edited prompt"
        ref={focusOnMount}
        rows={Math.min(8, draft.text.split("\n").length + 1)}
        value={draft.text}
        onChange={(event) => onDraft({ ...draft, text: event.target.value })}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === "Escape") onCancel();
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) onSave();
        }}
        className="rounded-inner border-line-control bg-surface focus-visible:border-accent border p-2 text-[15px] leading-[23px]"
      />
      {draft.images.length === 0 ? null : (
        <PromptImages
          images={draft.images}
          onRemove={(id) => onDraft({ ...draft, images: draft.images.filter((image) => image.id !== id) })}
        />
      )}
      <div className="flex gap-2">
        <Button kind="primary" size="small" onClick={onSave}>
          Run as a new branch
        </Button>
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
