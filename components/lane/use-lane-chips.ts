"use client";

import { useMemo } from "react";

import { useKeysHeld, useServers, useVerdicts } from "@/lib/session/hooks/use-servers";
import {
  useDifferingSettings,
  useEndpoints,
  useLaneSetup,
  useSession,
  useTools,
} from "@/lib/session/hooks/use-session";
import { serverKey } from "@/lib/session/store/app-state";
import type { LaneId } from "@/lib/session/store/session";
import { type SettingChip, settingChips } from "@/lib/session/store/setting-chips";

import { type LaneServer, laneServer } from "./lane-server";

/** A lane's server as a person reads it. */
export function useLaneServer(lane: LaneId): LaneServer {
  const setup = useLaneSetup(lane);
  const reply = useServers();
  const endpoints = useEndpoints();
  const keysHeld = useKeysHeld();
  return laneServer(setup, {
    reply,
    endpoints,
    keyHeld: keysHeld.has(serverKey(setup.provider, setup.endpoint)),
  });
}

/** What sets a lane apart: its settings that differ, and those that will have no effect. */
export function useLaneChips(lane: LaneId): readonly SettingChip[] {
  const setup = useLaneSetup(lane);
  const differing = useDifferingSettings();
  const tools = useTools();
  const verdicts = useVerdicts(lane);
  const server = useLaneServer(lane).label;
  return useMemo(() => {
    const noEffect = new Map(
      verdicts
        .filter(({ level }) => level === "no-effect")
        .map((verdict) => [verdict.setting, verdict.message]),
    );
    return settingChips({ setup, differing, noEffect, server, tools });
  }, [setup, differing, verdicts, server, tools]);
}

/** Whether another lane has the same model, so that a narrow lane's tab has to name the settings too. */
export function useIsToldBySettings(lane: LaneId): boolean {
  const { lanes, shared } = useSession();
  const modelOf = ({ own }: (typeof lanes)[number]) => own.model ?? shared.model;
  const own = lanes.find(({ id }) => id === lane);
  return own !== undefined && lanes.some((other) => other.id !== lane && modelOf(other) === modelOf(own));
}
