"use client";

import { Download, Link, Plus, Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CONTROL } from "@/components/ui/fields/control";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { downloadText } from "@/components/ui/files";
import { Panel } from "@/components/ui/panel/panel";
import { rank } from "@/components/ui/rank";
import { showMarks } from "@/lib/markdown/visible-marks";
import { isRecordingFile, RECORDING_ENDINGS } from "@/lib/session/actions/recording-actions";
import { usePageActions, useSessionList, useUndo } from "@/lib/session/hooks/use-page";
import { useRecordings } from "@/lib/session/hooks/use-recording";
import { useActions, useSession } from "@/lib/session/hooks/use-session";
import type { SessionId } from "@/lib/session/store/session";
import { formatPlural } from "@/lib/stream/figures/format-number";

import { copyLink } from "./copy-link";
import { SessionRow } from "./session-row";

type SessionsPanelProps = {
  /** Opens the formats for the open comparison. */
  onSaveAs: () => void;
  onClose: () => void;
};

/** Saved comparisons: open, rename, duplicate, export, delete and bring back, import. */
export function SessionsPanel({ onSaveAs, onClose }: SessionsPanelProps) {
  const sessions = useSessionList();
  const open = useSession();
  const { deleted } = useUndo();
  const actions = useActions();
  const page = usePageActions();
  const recordings = useRecordings();
  const [query, setQuery] = useState("");
  const now = useMinute();
  // Last changed first, however well they fit.
  const found = sessions.filter(({ name, models }) => rank(`${name} ${models.join(" ")}`, query) > 0);
  // A row that goes would take the focus with it: the bar has it until Undo, or the row that is back, is there.
  const bar = useRef<HTMLDivElement>(null);
  const [hasDeleted, setHasDeleted] = useState(false);
  const [restored, setRestored] = useState<SessionId | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const exportOne = async (id: SessionId) => {
    const text = await actions.exportSession(id);
    if (text !== null) downloadText(page.exportFileName(id), text);
  };
  const importFile = async (file: File) => {
    if (isRecordingFile(file.name)) {
      if (await recordings.openRecording(file)) onClose();
      return;
    }
    const result = await actions.importSession(file);
    setRefusal(result.ok ? null : result.reason);
  };
  return (
    <Panel title="Comparisons" kind="dialog" onClose={onClose}>
      <div
        ref={bar}
        tabIndex={-1}
        className="border-line flex flex-wrap gap-2 border-b px-4 py-2 outline-none"
      >
        <Button
          size="small"
          data-initial-focus
          onClick={() => {
            actions.newSession();
            onClose();
          }}
        >
          <Plus size={14} aria-hidden />
          New comparison
        </Button>
        <ImportButton onFile={(file) => void importFile(file)} />
        <Button size="small" onClick={() => void copyLink(page)}>
          <Link size={14} aria-hidden />
          Copy link
        </Button>
        <Button size="small" onClick={onSaveAs}>
          <Download size={14} aria-hidden />
          Save as…
        </Button>
        {deleted === null ? null : (
          <span className="text-muted flex min-w-0 items-center gap-2 text-[13px]">
            <span className="truncate">{`Deleted “${deleted.name}”.`}</span>
            <Button
              key={deleted.id}
              ref={hasDeleted ? focusOnMount : null}
              size="small"
              onClick={() => {
                bar.current?.focus();
                setRestored(deleted.id);
                void actions.undoDelete();
              }}
            >
              Undo
            </Button>
          </span>
        )}
      </div>
      {refusal === null ? null : (
        <p role="alert" className="text-danger px-4 py-2">
          {showMarks(refusal)}
        </p>
      )}
      {sessions.length < 2 ? null : (
        <div className="border-line border-b px-4 py-2">
          <input
            type="search"
            aria-label="Search comparisons"
            placeholder="Search by title or model"
            autoComplete="off"
            spellCheck={false}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Escape" || query === "") return;
              // Esc clears the search first, and closes the list then.
              event.stopPropagation();
              setQuery("");
            }}
            className={cn(CONTROL, "h-8 w-full")}
          />
          <output className="sr-only">{query === "" ? "" : formatPlural(found.length, "comparison")}</output>
        </div>
      )}
      {sessions.length > 0 && found.length === 0 ? (
        <p className="text-muted px-4 py-6">{`No comparison matches “${query}”.`}</p>
      ) : null}
      {sessions.length === 0 ? (
        <p className="text-muted px-4 py-6">
          Nothing is saved yet. A comparison is saved with its first prompt or setting.
        </p>
      ) : (
        <ul className="relative min-h-0 flex-1 overflow-y-auto py-1" aria-label="Saved comparisons">
          {found.map((summary) => (
            <SessionRow
              key={summary.id}
              summary={summary}
              now={now}
              isOpen={summary.id === open.id}
              takesFocus={summary.id === restored}
              onOpen={() => {
                void actions.openSession(summary.id);
                onClose();
              }}
              onRename={(name) => actions.renameSession(summary.id, name)}
              onDuplicate={() => void actions.duplicateSession(summary.id)}
              onExport={() => void exportOne(summary.id)}
              onDelete={() => {
                bar.current?.focus();
                setHasDeleted(true);
                setRestored(null);
                void actions.deleteSession(summary.id);
              }}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

const MINUTE_MS = 60_000;

/** The time, epoch ms, as of the last minute that began while this is drawn. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function ImportButton({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size="small" onClick={() => input.current?.click()}>
        <Upload size={14} aria-hidden />
        Import
      </Button>
      <input
        ref={input}
        type="file"
        accept={[".json", "application/json", ...RECORDING_ENDINGS].join(",")}
        aria-label="Comparison or recording to import"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again after it was mended.
          event.target.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
