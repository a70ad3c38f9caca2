"use client";

import { useCallback, useContext, useMemo } from "react";

import { ExportTurnContext, VerifyLinkContext } from "@/components/answer/answer-scope";
import { LaneNowContext } from "@/components/answer/setup-label";
import { DEMO_MODEL_NOTE } from "@/lib/contract/servers";
import { useBoot, usePageActions } from "@/lib/session/hooks/use-page";
import { useServers, useVerdicts } from "@/lib/session/hooks/use-servers";
import {
  useActions,
  useIsRecording,
  useLaneNotice,
  useLaneSetup,
  useTools,
} from "@/lib/session/hooks/use-session";
import { useIsLaneLive } from "@/lib/session/hooks/use-turn";
import { usesDemoModel } from "@/lib/session/servers/llama-lane";
import { lanesReached, MAX_LANES, movedBorder } from "@/lib/session/store/lanes";
import type { ExportScope, LaneId, Row, SessionSetup, TurnId } from "@/lib/session/store/session";

import { focusLane } from "./focus-lane";
import { Lane } from "./lane";
import { LaneEmpty } from "./lane-empty";
import { LaneHeader } from "./lane-header";
import { LaneSeparator } from "./lane-separator";
import { RecordedLaneHeader } from "./recorded-lane-header";
import { useIsToldBySettings, useLaneChips, useLaneServer } from "./use-lane-chips";
import { VerdictList } from "./verdict-list";

/** What a lane opens over the page. */
type LanePanel =
  | { readonly kind: "model" | "key" | "settings"; readonly lane: LaneId }
  | { readonly kind: "export"; readonly scope: ExportScope };

type LaneColumnProps = {
  session: SessionSetup;
  laneId: LaneId;
  laneNumber: number;
  isActive: boolean;
  rows: readonly Row[];
  drawnFrom: number;
  /** The page below the lanes says that none has a model. */
  isSaidBelow: boolean;
  onPanel: (panel: LanePanel) => void;
};

/** Connects a lane to the session: its setup, its server, what will have no effect, its answers. */
export function LaneColumn(props: LaneColumnProps) {
  const { session, laneId, laneNumber, onPanel } = props;
  const setup = useLaneSetup(laneId);
  const verdicts = useVerdicts(laneId);
  const notice = useLaneNotice(laneId);
  const isLive = useIsLaneLive(laneId);
  const servers = useServers();
  const tools = useTools();
  const actions = useActions();
  const page = usePageActions();
  const boot = useBoot();
  const verify = useContext(VerifyLinkContext);
  const isRecording = useIsRecording();

  const now = useMemo(() => ({ setup, tools }), [setup, tools]);
  const server = useLaneServer(laneId);
  const chips = useLaneChips(laneId);
  const isInTab = useIsToldBySettings(laneId);
  const open = (kind: "model" | "key" | "settings") => onPanel({ kind, lane: laneId });
  const exportTurn = useCallback(
    (turn: TurnId) => onPanel({ kind: "export", scope: { of: "turn", turn } }),
    [onPanel],
  );
  const usesDemo = usesDemoModel(servers, setup);
  const verdictList = isRecording ? null : (
    <VerdictList
      verdicts={verdicts}
      notice={notice}
      reachOf={(key) => lanesReached(session, laneId, key)}
      onFix={(fix) => actions.changeSetup(laneId, fix)}
    />
  );

  return (
    <LaneNowContext value={now}>
      <ExportTurnContext value={exportTurn}>
        <Lane
          id={laneId}
          laneNumber={laneNumber}
          laneCount={session.lanes.length}
          model={setup.model}
          isActive={props.isActive}
          rows={props.rows}
          drawnFrom={props.drawnFrom}
          verdicts={verdictList}
          isLive={isLive}
          empty={
            isRecording ? null : (
              <LaneEmpty
                server={server}
                demo={servers?.demo ?? null}
                usesDemo={usesDemo}
                model={setup.model}
                isStarting={boot !== "ready"}
                isSaidBelow={props.isSaidBelow}
                verdicts={verdictList}
                onInstallDemo={page.installDemo}
                onPickModel={() => open("model")}
                onPasteKey={() => open("key")}
              />
            )
          }
          header={
            isRecording ? (
              <RecordedLaneHeader
                laneNumber={laneNumber}
                laneCount={session.lanes.length}
                model={setup.model}
                chips={chips}
                isInTab={isInTab}
              />
            ) : (
              <LaneHeader
                laneNumber={laneNumber}
                laneCount={session.lanes.length}
                model={setup.model}
                provider={server.label}
                needsKey={server.needsKey}
                note={usesDemo ? DEMO_MODEL_NOTE : null}
                chips={chips}
                isInTab={isInTab}
                isLive={isLive}
                canClone={session.lanes.length < MAX_LANES}
                onPickModel={() => open("model")}
                onPasteKey={() => open("key")}
                onSettings={() => open("settings")}
                onClone={() => actions.cloneLane(laneId)}
                onExport={() => onPanel({ kind: "export", scope: { of: "lane", lane: laneId } })}
                onVerify={verify === null ? null : () => verify.onVerify(laneId)}
                onMove={(by) => actions.moveLane(laneId, by)}
                onClose={() => {
                  // The neighbor stays where it is, so it can take the focus before the lane goes.
                  focusLane(laneNumber < session.lanes.length ? laneNumber + 1 : laneNumber - 1);
                  actions.closeLane(laneId);
                }}
                onStop={() => actions.stop(laneId)}
                separator={
                  <BorderToNext
                    lanes={session.lanes}
                    laneNumber={laneNumber}
                    onMove={(by) => actions.setWidths(movedBorder(session.lanes, laneNumber - 1, by))}
                  />
                }
              />
            )
          }
        />
      </ExportTurnContext>
    </LaneNowContext>
  );
}

type BorderProps = {
  lanes: SessionSetup["lanes"];
  laneNumber: number;
  /** By a share of both lanes' width. */
  onMove: (by: number) => void;
};

function BorderToNext({ lanes, laneNumber, onMove }: BorderProps) {
  const left = lanes[laneNumber - 1];
  const right = lanes[laneNumber];
  if (left === undefined || right === undefined) return null;
  const share = (100 * left.width) / (left.width + right.width);
  return (
    <LaneSeparator
      left={laneNumber}
      right={laneNumber + 1}
      share={share}
      onMove={(deltaPx, pairPx) => onMove(deltaPx / Math.max(1, pairPx))}
    />
  );
}
