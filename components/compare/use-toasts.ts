"use client";

import { useMemo } from "react";

import type { Toast } from "@/components/ui/toasts";
import { useNotices, usePageActions } from "@/lib/session/use-session";

/** The page's notices as toasts. */
export function useToasts(): { readonly toasts: readonly Toast[]; readonly dismiss: (id: string) => void } {
  const notices = useNotices();
  const { dismissNotice } = usePageActions();
  const toasts = useMemo(() => notices.map(({ id, text }) => ({ id, message: text })), [notices]);
  return { toasts, dismiss: dismissNotice };
}
