"use client";

import { useMemo, useState } from "react";

import type { Toast } from "@/components/ui/toasts";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useHeldBack, useNotices, useOpening, usePageActions, useUndo } from "@/lib/session/hooks/use-page";
import { useRecordings } from "@/lib/session/hooks/use-recording";
import { useActions } from "@/lib/session/hooks/use-session";

/** The page's notices as toasts, and the way back of the lane that was closed last. */
export function useToasts(): { readonly toasts: readonly Toast[]; readonly dismiss: (id: string) => void } {
  const notices = useNotices();
  const { closed } = useUndo();
  const heldBack = useHeldBack();
  const { restoreLane, openSession } = useActions();
  const { dismissNotice } = usePageActions();
  const opening = useOpening();
  const { cancelOpening } = useRecordings();
  const [hidden, setHidden] = useState<string | null>(null);
  const [last] = closed;
  const toasts = useMemo(() => {
    const shown: Toast[] = notices.map(({ id, text }) => ({ id, message: showMarks(text) }));
    if (opening !== null) {
      shown.push({
        id: "opening",
        message: `Reading “${showMarks(opening.name)}”, ${Math.round(opening.bytes / 1_000_000)} MB…`,
        action: { label: "Cancel", run: cancelOpening },
        stays: true,
      });
    }
    if (heldBack !== null && heldBack.id !== hidden) {
      shown.push({
        id: heldBack.id,
        message: `“${showMarks(heldBack.name)}” was not reopened because the page crashed while showing it last time. You can continue here.`,
        action: { label: "Open it anyway", run: () => void openSession(heldBack.id) },
      });
    }
    if (last === undefined || last.lane.id === hidden) return shown;
    const { lane, model } = last;
    const message = model === "" ? "Lane closed." : `Lane closed: ${showMarks(model)}.`;
    return [...shown, { id: lane.id, message, action: { label: "Undo", run: restoreLane } }];
  }, [notices, opening, heldBack, last, hidden, restoreLane, openSession, cancelOpening]);
  const dismiss = (id: string) =>
    id === last?.lane.id || id === heldBack?.id ? setHidden(id) : dismissNotice(id);
  return { toasts, dismiss };
}
