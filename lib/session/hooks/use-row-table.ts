"use client";

import { useMemo } from "react";

import { rowTable, type RowTable } from "@/lib/session/store/row-table";
import type { PromptId } from "@/lib/session/store/session";

import { useAppState } from "./session-context";

const NOTHING: RowTable = { columns: [], rows: [] };

/** The numbers of every lane that answered this prompt; empty where the lanes stand on other branches. */
export function useRowTable(prompt: PromptId): RowTable {
  const row = useAppState(({ session, turns }, select) =>
    select.rows(session.lanes, turns).find(({ asked }) => asked?.promptId === prompt),
  );
  const lanes = useAppState(({ session }) => session.lanes);
  const live = useAppState((state) => state.live);
  return useMemo(() => (row === undefined ? NOTHING : rowTable(row, lanes, live)), [row, lanes, live]);
}
