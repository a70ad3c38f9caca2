"use client";

import { X } from "lucide-react";
import { useCallback, useEffect, useId, useMemo, useState } from "react";

import { useFollowTail } from "@/components/answer/scroll/use-follow-tail";
import { useDroppedFiles } from "@/components/composer/use-dropped-files";
import { AnswerPart } from "@/components/lane/answer-part";
import { JumpToTail } from "@/components/screen/jump-to-tail";
import { LanesView } from "@/components/screen/lanes-view";
import { NOTHING_OPEN, type OnPanel, withPanel } from "@/components/screen/panel-state";
import { Panels } from "@/components/screen/panels";
import { useNarrowLane } from "@/components/screen/use-narrow-lane";
import { useToasts } from "@/components/screen/use-toasts";
import { useView } from "@/components/screen/view/use-view";
import { Button } from "@/components/ui/button";
import { Toasts } from "@/components/ui/toasts";
import { showMarks } from "@/lib/markdown/visible-marks";
import { SessionProvider } from "@/lib/session/hooks/session-context";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useRecordings } from "@/lib/session/hooks/use-recording";
import { useActions, useRows, useSession } from "@/lib/session/hooks/use-session";
import { useIsAnyLive } from "@/lib/session/hooks/use-turn";
import { pageRecording } from "@/lib/session/page/page-recording";
import { type OpenedRecording, recordingTitle } from "@/lib/session/tape/opened-recording";
import type { Player } from "@/lib/session/tape/player";

import { PlayerBar } from "./player-bar";
import { useBackCloses } from "./use-back-closes";

type RecordingScreenProps = { recording: OpenedRecording; keepsThoughts: boolean };

/** A recording in the place of the comparison: the same lanes, played instead of run. */
export function RecordingScreen({ recording, keepsThoughts }: RecordingScreenProps) {
  const { app, player } = useMemo(() => pageRecording(recording), [recording]);
  const { closeRecording, runRecordingLive, openFirst } = useRecordings();
  const notices = useToasts();
  const { notify } = usePageActions();
  // Without this the browser would leave the page for the file.
  useDroppedFiles((files) => {
    if (!openFirst(files)) notify("info", nothingToOpen(files), "opening-a-recording");
  });
  useEffect(() => {
    AnswerPart.preload();
    // Text that writes itself is motion: who wants less of it sees the end first, and can play it.
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) player.seek(player.state.getState().endsAt);
    else player.play();
    return player.pause;
  }, [player]);
  return (
    <SessionProvider key={recording.bundle.session.id} app={app}>
      <Recorded
        recording={recording}
        player={player}
        keepsThoughts={keepsThoughts}
        notices={notices}
        onClose={closeRecording}
        onRunLive={() => void runRecordingLive()}
      />
    </SessionProvider>
  );
}

/** Names of files that a sentence has; the others are counted. */
const NAMED_FILES = 3;

/** Why files that are no recordings did nothing here, and where they can go. */
function nothingToOpen(files: readonly File[]): string {
  const more = files.length - NAMED_FILES;
  const named = files.slice(0, NAMED_FILES).map(({ name }) => name);
  const names = [...named, ...(more > 0 ? [`${String(more)} more`] : [])].join(", ");
  return `Not opened: ${names}. A recording plays here, and nothing can be attached to it. Close it to attach an image or to import a comparison.`;
}

type RecordedProps = RecordingScreenProps & {
  player: Player;
  /** Those of the page under the recording. */
  notices: ReturnType<typeof useToasts>;
  onClose: () => void;
  onRunLive: () => void;
};

function Recorded({ recording, player, keepsThoughts, notices, onClose, onRunLive }: RecordedProps) {
  const { lanes } = useSession();
  const rows = useRows();
  const isLive = useIsAnyLive();
  const actions = useActions();
  const page = usePageActions();
  const [open, setOpen] = useState(NOTHING_OPEN);
  const setPanel: OnPanel = useCallback((panel) => setOpen((before) => withPanel(before, panel)), []);
  const view = useView(
    keepsThoughts,
    useCallback(() => setOpen(NOTHING_OPEN), []),
  );
  const { narrowLane, showLane } = useNarrowLane();
  const activeLane = narrowLane ?? lanes[0]?.id ?? null;
  const follow = useFollowTail({ hasTurns: rows.length > 0 });
  const { toasts, dismiss } = useToasts();
  const scope = useMemo(
    () => ({
      actions,
      page,
      lanes,
      activeLane,
      isLive,
      readOnly: true,
      showLane,
      onPanel: setPanel,
      newestShared: null,
      view,
    }),
    [actions, page, lanes, activeLane, isLive, showLane, setPanel, view],
  );
  const what = useId();
  const close = useBackCloses(recording.keptAs, onClose);
  const { name } = recording.bundle.session;
  return (
    <div className="flex h-dvh flex-col overflow-y-auto pr-(--docked)" data-boot="ready">
      <header className="border-line flex min-h-11 shrink-0 items-center gap-x-3 border-b px-4">
        <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 py-1 [overflow-wrap:anywhere]">
          <h1 id={what} className="line-clamp-2 font-semibold">
            {recordingTitle(recording)}
          </h1>
          {name === "" ? null : (
            <p title={name} className="text-muted line-clamp-2">
              {showMarks(name)}
            </p>
          )}
        </div>
        <Button kind="quiet" onClick={close} className="max-[720px]:-mr-3 max-[720px]:self-start">
          <X size={15} aria-hidden />
          <span className="max-[720px]:sr-only">Close recording</span>
        </Button>
      </header>
      {recording.notes.length === 0 ? null : (
        <ul
          aria-label="Notes on the recording"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the keyboard could not scroll here
          tabIndex={0}
          className="bg-band text-muted border-line max-h-[20dvh] shrink-0 overflow-y-auto border-b px-4 py-1.5"
        >
          {recording.notes.map((note) => (
            <li key={note} className="[overflow-wrap:anywhere]">
              {showMarks(note)}
            </li>
          ))}
        </ul>
      )}
      <LanesView
        activeLane={activeLane}
        onActivate={showLane}
        keepsThoughts={view.keepsThoughts}
        follow={follow}
        onPanel={setPanel}
      />
      <footer className="border-line bg-bg border-t px-3 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        <PlayerBar
          player={player}
          markers={recording.markers}
          label={what}
          onRunLive={onRunLive}
          jump={<JumpToTail shown={follow.isAway} onJump={follow.jumpToTail} />}
        />
      </footer>
      <Panels open={open} scope={scope} />
      <Toasts
        toasts={[...notices.toasts, ...toasts]}
        onDismiss={(id) => (toasts.some((toast) => toast.id === id) ? dismiss(id) : notices.dismiss(id))}
      />
    </div>
  );
}
