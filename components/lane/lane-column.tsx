"use client";

import { useMemo } from "react";

import { useSteady } from "@/components/answer/use-steady";
import type { PanelState } from "@/components/screen/panel-state";
import { focusLane } from "@/components/screen/use-playground-shortcuts";
import { DEMO_MODEL_NOTE, type ProvidersReply } from "@/lib/providers/api";
import type { LaneSetup } from "@/lib/providers/provider";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useHeldKeys, useServers, useVerdicts } from "@/lib/session/hooks/use-servers";
import {
  useActions,
  useDifferingSettings,
  useEndpoints,
  useLaneNotice,
  useLaneSetup,
  useTools,
} from "@/lib/session/hooks/use-session";
import { useIsLaneLive } from "@/lib/session/hooks/use-turn";
import type { ImageRef, LaneId, Row, SessionSetup, TurnId } from "@/lib/session/store/session";

import { Lane } from "./lane";
import { LaneEmpty } from "./lane-empty";
import { LaneHeader } from "./lane-header";
import { LaneSeparator } from "./lane-separator";
import { laneServer } from "./lane-server";
import { settingChips } from "./setting-chips";
import { VerdictList } from "./verdict-list";

type LaneColumnProps = {
  session: SessionSetup;
  laneId: LaneId;
  place: number;
  isActive: boolean;
  rows: readonly Row[];
  scales: readonly number[];
  drawnFrom: number;
  readOnly: boolean;
  onPanel: (panel: PanelState) => void;
  onWidths: (left: number, deltaPx: number, pairPx: number) => void;
};

/** A lane with everything it knows: its setup, its server, what will have no effect, its answers. */
export function LaneColumn(props: LaneColumnProps) {
  const { session, laneId, place, onPanel } = props;
  const setup = useLaneSetup(laneId);
  const verdicts = useVerdicts(laneId);
  const differing = useDifferingSettings();
  const notice = useLaneNotice(laneId);
  const isLive = useIsLaneLive(laneId);
  const servers = useServers();
  const tools = useTools();
  const endpoints = useEndpoints();
  const actions = useActions();
  const page = usePageActions();

  const onEditPrompt = useSteady((row: Row, prompt: string, images: readonly ImageRef[]) =>
    actions.editPrompt(row.promptId, prompt, images),
  );
  const onShowWire = useSteady((turn: TurnId, stepId: string) => onPanel({ kind: "wire", turn, stepId }));

  const now = useMemo(() => ({ setup, tools }), [setup, tools]);
  const noEffect = useMemo(
    () =>
      new Map(
        verdicts
          .filter(({ level }) => level === "no-effect")
          .map((verdict) => [verdict.setting, verdict.message]),
      ),
    [verdicts],
  );
  const held = useHeldKeys();
  const server = laneServer(setup, {
    reply: servers,
    endpoints,
    keyHeld: held.some((key) => key.provider === setup.provider && key.endpoint === setup.endpoint),
  });
  const pasteKey = () => onPanel({ kind: "key", lane: laneId });
  const usesDemo = isDemo(servers, setup.provider, setup.endpoint);
  const verdictList = (
    <VerdictList verdicts={verdicts} notice={notice} onFix={(fix) => actions.changeSetup(laneId, fix)} />
  );

  return (
    <Lane
      id={laneId}
      place={place}
      laneCount={session.lanes.length}
      model={setup.model}
      now={now}
      isActive={props.isActive}
      rows={props.rows}
      scales={props.scales}
      drawnFrom={props.drawnFrom}
      tools={tools}
      canEndThinking={canEndThinking(setup)}
      readOnly={props.readOnly}
      onEditPrompt={onEditPrompt}
      onShowWire={onShowWire}
      verdicts={verdictList}
      isLive={isLive}
      empty={
        <LaneEmpty
          server={server}
          demo={servers?.demo ?? null}
          usesDemo={usesDemo}
          model={setup.model}
          verdicts={verdictList}
          onInstallDemo={page.installDemo}
          onPickModel={() => onPanel({ kind: "model", lane: laneId })}
          onPasteKey={pasteKey}
        />
      }
      header={
        <LaneHeader
          place={place}
          laneCount={session.lanes.length}
          model={setup.model}
          provider={server.label}
          needsKey={server.needsKey}
          note={usesDemo ? DEMO_MODEL_NOTE : null}
          chips={settingChips({ setup, differing, noEffect, server: server.label, tools })}
          isLive={isLive}
          canClone={session.lanes.length < 8}
          onPickModel={() => onPanel({ kind: "model", lane: laneId })}
          onPasteKey={pasteKey}
          onSettings={() => onPanel({ kind: "settings", lane: laneId })}
          onClone={() => actions.cloneLane(laneId)}
          onMove={(by) => actions.moveLane(laneId, by)}
          onClose={() => {
            // The neighbour stays where it is, so it can take the focus before the lane goes.
            focusLane(place < session.lanes.length ? place + 1 : place - 1);
            actions.closeLane(laneId);
          }}
          onStop={() => actions.stop(laneId)}
          separator={separatorOf(props)}
        />
      }
    />
  );
}

function separatorOf({ session, place, onWidths }: LaneColumnProps) {
  const left = session.lanes[place - 1];
  const right = session.lanes[place];
  if (left === undefined || right === undefined) return null;
  const share = (100 * left.width) / (left.width + right.width);
  return (
    <LaneSeparator
      left={place}
      right={place + 1}
      share={share}
      onMove={(deltaPx, pairPx) => onWidths(place - 1, deltaPx, pairPx)}
    />
  );
}

/** Whether a lane stands on the model that Vitrine brings itself: it runs there, or would once it is installed. */
function isDemo(servers: ProvidersReply | null, provider: string, endpoint: string | null): boolean {
  if (servers === null || provider !== "llamacpp" || endpoint !== null) return false;
  if (servers.demo.state === "ready") {
    return servers.providers.some(
      ({ id, baseUrl }) => id === "llamacpp" && sameOrigin(baseUrl, servers.demo),
    );
  }
  return servers.providers.find(({ id }) => id === "llamacpp")?.reach.state !== "ready";
}

function sameOrigin(baseUrl: string, demo: ProvidersReply["demo"]): boolean {
  return demo.state === "ready" && new URL(baseUrl).origin === new URL(demo.baseUrl).origin;
}

/** llama.cpp finds a running answer by the id that only chat completions give it. */
function canEndThinking({ provider, dialect }: LaneSetup): boolean {
  return provider === "llamacpp" && (dialect === null || dialect === "chat-completions");
}
