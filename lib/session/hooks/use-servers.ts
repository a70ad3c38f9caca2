"use client";

/** What servers can do, as components read it: what exists, what a lane's server will make of its settings. */
import { useMemo } from "react";

import type { ProvidersReply } from "@/lib/contract/servers";
import type { LlamaProps } from "@/lib/providers/llama-props";
import type { Verdict } from "@/lib/providers/rules/verdicts";
import { type AppState, serverKey } from "@/lib/session/store/app-state";
import { type DraftReport, draftReport } from "@/lib/session/store/draft-report";
import { laneVerdicts } from "@/lib/session/store/lane-verdicts";
import { effectiveSetup } from "@/lib/session/store/lanes";
import type { LaneId, SendTarget } from "@/lib/session/store/session";

import { lastOf } from "./last-of";
import { useAppState } from "./session-context";
import { useLaneSetup, useTools } from "./use-session";

/** What exists and is reachable, and the state of the demo model; null before the first answer. */
export function useServers(): ProvidersReply | null {
  return useAppState((state) => state.servers.reply);
}

/** Why the app's own server does not answer; null while it does. */
export function useServerProblem(): AppState["servers"]["problem"] {
  return useAppState((state) => state.servers.problem);
}

/** What a llama.cpp server reports of itself; null where it was not asked, or is another server. */
export function useLlamaProps(provider: string, endpoint: string | null): LlamaProps | null {
  return useAppState((state) => state.servers.llama.get(serverKey(provider, endpoint)) ?? null);
}

/** Every model list that was asked for, by `serverKey`. */
export function useModelLists(): AppState["servers"]["models"] {
  return useAppState((state) => state.servers.models);
}

/** The `serverKey`s for which this tab holds a pasted key. */
export function useKeysHeld(): AppState["keysHeld"] {
  return useAppState((state) => state.keysHeld);
}

/** What this lane's server will not do as asked, before anything is sent. */
export function useVerdicts(lane: LaneId): readonly Verdict[] {
  const setup = useLaneSetup(lane);
  const pick = useMemo(() => lastOf(laneVerdicts), []);
  return useAppState(({ session, person, servers }, select) =>
    pick(
      setup,
      select.tools(person.tools, session.tools),
      servers.llama,
      servers.renders,
      session.draftImages.length > 0,
    ),
  );
}

/** The verdicts on every lane, by lane id. */
export function useAllVerdicts(): Readonly<Record<string, readonly Verdict[]>> {
  const session = useAppState((state) => state.session);
  const tools = useTools();
  const servers = useAppState((state) => state.servers);
  return useMemo(
    () =>
      Object.fromEntries(
        session.lanes.map(({ id }) => [
          id,
          laneVerdicts(
            effectiveSetup(session, id),
            tools,
            servers.llama,
            servers.renders,
            session.draftImages.length > 0,
          ),
        ]),
      ),
    [session, tools, servers],
  );
}

/** What to report about the draft's images before they are sent to these lanes. */
export function useDraftReport(to: SendTarget): DraftReport {
  const pick = useMemo(() => lastOf(draftReport), []);
  return useAppState(({ session, turns, servers }) => pick(session, turns, servers.llama, to));
}
