"use client";

import { useMemo } from "react";

import { rowTable, type TableRow } from "@/lib/session/store/row-table";
import type { PromptId } from "@/lib/session/store/session";

import { useAppState } from "./session-context";

/** The numbers of every lane that answered this prompt; empty where the lanes stand on other branches. */
export function useRowTable(prompt: PromptId): readonly TableRow[] {
  const row = useAppState(({ session, turns }, select) =>
    select.rows(session.lanes, turns).find(({ asked }) => asked?.promptId === prompt),
  );
  const lanes = useAppState(({ session }) => session.lanes);
  const live = useAppState((state) => state.live);
  return useMemo(() => (row === undefined ? [] : rowTable(row, lanes, live)), [row, lanes, live]);
}
