"use client";

import { useMemo, useState } from "react";

import type { Toast } from "@/components/ui/toasts";
import { useActions, useNotices, usePageActions, useSharedModel, useUndo } from "@/lib/session/use-session";

/** The page's notices as toasts, and the way back of the lane that was closed last. */
export function useToasts(): { readonly toasts: readonly Toast[]; readonly dismiss: (id: string) => void } {
  const notices = useNotices();
  const { closed } = useUndo();
  const sharedModel = useSharedModel();
  const { restoreLane } = useActions();
  const { dismissNotice } = usePageActions();
  const [hidden, setHidden] = useState<string | null>(null);
  const lane = closed[0]?.lane;
  const toasts = useMemo(() => {
    const said: Toast[] = notices.map(({ id, text }) => ({ id, message: text }));
    if (lane === undefined || lane.id === hidden) return said;
    const model = lane.own.model ?? sharedModel;
    const message = model === "" ? "Lane closed." : `Lane closed: ${model}.`;
    return [...said, { id: lane.id, message, action: { label: "Undo", run: restoreLane } }];
  }, [notices, lane, hidden, sharedModel, restoreLane]);
  const dismiss = (id: string) => (id === lane?.id ? setHidden(id) : dismissNotice(id));
  return { toasts, dismiss };
}
