"use client";

/** How components read the open session. Each hook renders again only when its return value changes. */
import { useMemo } from "react";

import type { LaneSetup } from "@/lib/providers/provider";
import { type RecordedRun, recordedRuns } from "@/lib/session/run/recorded-runs";
import { type LaneView, laneViews } from "@/lib/session/store/lane-view";
import { effectiveSetup } from "@/lib/session/store/lanes";
import type {
  DraftImage,
  Endpoint,
  Lane,
  LaneId,
  McpServer,
  Row,
  Session,
  SessionActions,
  SessionSetup,
  SettingKey,
} from "@/lib/session/store/session";
import type { ToolDefinition } from "@/lib/tools/tool";
import type { ToolSet } from "@/lib/tools/tool-set";

import { lastOf } from "./last-of";
import { useAppState, useSessionApp } from "./session-context";

/** Everything a person can do with the session. Always the same object. */
export function useActions(): SessionActions {
  return useSessionApp().actions;
}

/** The open session: lanes and shared settings. */
export function useSession(): SessionSetup {
  return useAppState((state, select) => select.setup(state.session));
}

/** Every tool that the open session can use: the person's, and those that only this session still has. */
export function useTools(): readonly ToolDefinition[] {
  return useAppState(({ person, session }, select) => select.tools(person.tools, session.tools));
}

/** The person's sets of tools. */
export function useToolSets(): readonly ToolSet[] {
  return useAppState((state) => state.person.toolSets);
}

/** Every server that the open session can name: the person's, and those that only this session still has. */
export function useEndpoints(): readonly Endpoint[] {
  return useAppState(({ person, session }, select) => select.endpoints(person.endpoints, session.endpoints));
}

/** The person's own servers, without those that only this session names. */
export function useOwnEndpoints(): readonly Endpoint[] {
  return useAppState((state) => state.person.endpoints);
}

/** The MCP servers that the person added. */
export function useMcpServers(): readonly McpServer[] {
  return useAppState((state) => state.person.mcpServers);
}

/** What is typed in the composer. Kept apart from the session so that a key redraws only the composer. */
export function useDraft(): string {
  return useAppState((state) => state.session.draft);
}

/** Something is typed in the composer. */
export function useHasDraft(): boolean {
  return useAppState((state) => state.session.draft.trim() !== "");
}

/** The prompt that goes out once the page has a session and a model for it; null when none waits. */
export function useWaitingPrompt(): string | null {
  return useAppState((state) => state.waitingSend?.prompt ?? null);
}

/** Reads what is typed in the composer right now, in an event. Always the same function. */
export function useCurrentDraft(): () => string {
  const { store } = useSessionApp();
  return useMemo(() => () => store.getState().session.draft, [store]);
}

export function useDraftImages(): readonly DraftImage[] {
  return useAppState((state) => state.session.draftImages);
}

export function useLanes(): readonly Lane[] {
  return useAppState((state) => state.session.lanes);
}

/** A lane's settings, the shared ones filled in. */
export function useLaneSetup(lane: LaneId): LaneSetup {
  const pick = useMemo(() => lastOf((session: Session) => effectiveSetup(session, lane)), [lane]);
  return useAppState((state) => pick(state.session));
}

/** The lanes as the panels see them. */
export function useLaneViews(): readonly LaneView[] {
  const session = useSession();
  return useMemo(() => laneViews(session), [session]);
}

/** The settings in which the lanes differ: what a lane's header shows. */
export function useDifferingSettings(): readonly SettingKey[] {
  return useAppState((state, select) => select.differing(state.session));
}

/** Why this lane is not what a link asked for; null when it is. */
export function useLaneNotice(lane: LaneId): string | null {
  return useAppState((state) => state.laneNotices.get(lane) ?? null);
}

/** The rows on screen, oldest prompt first. Changes when a turn starts, ends a step or gets a result, never per token. */
export function useRows(): readonly Row[] {
  return useAppState((state, select) => select.rows(state.session.lanes, state.turns));
}

/** Another tab owns the session, or it is a recording: it can be read here and not changed. */
export function useReadOnly(): boolean {
  return useAppState((state) => state.ownership !== "owner");
}

/** It is a recording: there is nothing to set, and nothing to send to. */
export function useIsRecording(): boolean {
  return useAppState((state) => state.ownership === "recording");
}

/** The runs of the open session in which a tool got results, newest first. */
export function useRecordedRuns(toolName: string): readonly RecordedRun[] {
  const { lanes } = useSession();
  const turns = useAppState((state) => state.turns);
  return useMemo(() => recordedRuns({ lanes }, turns, toolName), [lanes, turns, toolName]);
}
