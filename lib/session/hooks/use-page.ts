"use client";

/** What surrounds the open session: how it was opened and saved, other sessions, notices and questions. */
import { useEffect } from "react";

import type { PageActions } from "@/lib/session/actions/session-app";
import type { AppState, Notice, UndoState } from "@/lib/session/store/app-state";
import type { SessionSummary } from "@/lib/session/store/session";
import type { ToolHosts } from "@/lib/tools/run-binding";

import { useAppState, useSessionApp } from "./session-context";

/** Starts the session's life in the page: reads what is saved, opens a link's lanes, watches servers. Once, at the top. */
export function useStartSession(): void {
  const app = useSessionApp();
  useEffect(() => app.start(window.location), [app]);
}

/** "loading" until the saved sessions are read. */
export function useBoot(): AppState["boot"] {
  return useAppState((state) => state.boot);
}

/** Everything a person can do beside the session itself. Always the same object. */
export function usePageActions(): PageActions {
  return useSessionApp().page;
}

/** What tools need from this page, where a person runs one without a model. Always the same object. */
export function useToolHosts(): ToolHosts {
  return useSessionApp().hosts;
}

/** Why what is on screen could not be saved; null while it could. Not "saving" and "saved": they change with every key. */
export function useSaveProblem(): string | null {
  return useAppState(({ saveState }) => (saveState.state === "not-saved" ? saveState.message : null));
}

/** Whether another tab was asked for the open session, and whether it answers. */
export function useTakeOver(): AppState["takeOver"] {
  return useAppState((state) => state.takeOver);
}

/** All saved sessions, last changed first. */
export function useSessionList(): readonly SessionSummary[] {
  return useAppState((state) => state.summaries);
}

/** What can be brought back: a deleted session, closed lanes. */
export function useUndo(): UndoState {
  return useAppState((state) => state.undo);
}

/** The recording that is being read, where that takes long; null = none is. */
export function useOpening(): AppState["opening"] {
  return useAppState((state) => state.opening);
}

/** Whether prompts may go to a server that is not the person's own; null = nothing is asked. */
export function useQuestion(): AppState["question"] {
  return useAppState((state) => state.question);
}

/** A session that was not opened at the start, because the page broke or froze over it last time. */
export function useHeldBack(): SessionSummary | null {
  return useAppState((state) => state.heldBack);
}

export function useNotices(): readonly Notice[] {
  return useAppState((state) => state.notices);
}
