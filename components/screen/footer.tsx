"use client";

import { useState } from "react";

import { Composer } from "@/components/composer/composer";
import { useComposerImages } from "@/components/composer/use-composer-images";
import { WaitingLine } from "@/components/composer/waiting-line";
import { focusFirstResult } from "@/components/lane/focus-lane";
import { downloadText } from "@/components/ui/files";
import { useBoot, usePageActions, useSaveProblem, useTakeOver } from "@/lib/session/hooks/use-page";
import { useServerProblem } from "@/lib/session/hooks/use-servers";
import {
  useActions,
  useCurrentDraft,
  useReadOnly,
  useRows,
  useSession,
  useTools,
} from "@/lib/session/hooks/use-session";
import { useIsAnyLive, useLiveLanes } from "@/lib/session/hooks/use-turn";
import type { LaneId, SendOutcome, SendTarget } from "@/lib/session/store/session";
import type { ToolDefinition } from "@/lib/tools/tool";

import { BusyLine } from "./busy-line";
import { JumpToTail } from "./jump-to-tail";
import { StateLine } from "./state-line";

type FooterProps = {
  /** The reader is away from the newest text. */
  isAway: boolean;
  onJump: () => void;
  /** Why the last prompt was not sent; null = it was, or the setup has changed since. */
  refusal: string | null;
  onSent: (outcome: SendOutcome) => void;
  onTools: () => void;
  /** Brings a lane into view, and then calls `then`. */
  onLane: (lane: LaneId, then: () => void) => void;
  /** The first visit asks for a model, and the way to one is its primary button. */
  needsModel: boolean;
};

/** Under the lanes: the prompt, where it goes, and what keeps it from being sent or saved. */
export function Footer({ isAway, onJump, refusal, onSent, onTools, onLane, needsModel }: FooterProps) {
  const boot = useBoot();
  const session = useSession();
  const rows = useRows();
  const saveProblem = useSaveProblem();
  const takeOver = useTakeOver();
  const problem = useServerProblem();
  const isLive = useIsAnyLive();
  const liveLanes = useLiveLanes();
  const readOnly = useReadOnly();
  const actions = useActions();
  const page = usePageActions();
  const currentDraft = useCurrentDraft();
  const [target, setTarget] = useState<SendTarget>("all");
  const { lanes, shared } = session;
  const tools = useTools();
  const sendTo = target === "all" || lanes.some(({ id }) => id === target) ? target : "all";
  const targets = lanes.filter(({ id }) => sendTo === "all" || sendTo === id);
  const busy = targets.filter(({ id }) => liveLanes.has(id));
  const images = useComposerImages(sendTo, readOnly);
  const run = () => {
    const prompt = currentDraft().trim();
    if (prompt === "" || readOnly || images.isBlocked) return;
    onSent(actions.send(prompt, sendTo === "all" ? "all" : [sendTo], images.images));
  };
  const exportOpen = async () => {
    const text = await actions.exportSession(session.id);
    if (text !== null) downloadText(page.exportFileName(session.id), text);
  };
  return (
    <footer
      data-chrome=""
      className="border-line bg-bg border-t px-3 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]"
    >
      <div className="mx-auto max-w-[1120px]">
        <Composer
          lanes={lanes.map(({ id, own }) => ({ id, model: own.model ?? shared.model }))}
          target={sendTo}
          toolsOn={toolsOn(
            tools,
            lanes.flatMap(({ own }) => own.tools ?? shared.tools),
          )}
          images={images}
          besidePrompt={<JumpToTail shown={isAway} onJump={onJump} />}
          isLive={isLive}
          idleCount={targets.length - busy.length}
          readOnly={readOnly}
          isRunPrimary={!needsModel}
          offersRun={boot === "ready" && rows.length === 0 && !needsModel}
          onDraft={actions.setDraft}
          onTarget={setTarget}
          onTools={onTools}
          onRun={run}
          onStopAll={actions.stopAll}
        />
        <BusyLine
          laneNumbers={busy.map((lane) => lanes.indexOf(lane) + 1)}
          hasOthers={busy.length < targets.length}
          refusal={refusal}
        />
        <WaitingLine
          rows={rows}
          target={sendTo}
          onGo={(lane) => onLane(lane, () => focusFirstResult(lanes.findIndex(({ id }) => id === lane) + 1))}
        />
        <StateLine
          saveProblem={saveProblem}
          problem={problem?.message ?? null}
          readOnly={readOnly}
          takeOver={takeOver}
          onUseHere={actions.useHere}
          onDuplicate={() => void actions.duplicateSession(session.id)}
          onExport={() => void exportOpen()}
          laneCount={lanes.length}
          sequential={session.sequential}
          onSequential={actions.setSequential}
        />
      </div>
    </footer>
  );
}

/** Names of the tools with these ids. One that is not there any more has none. */
function toolsOn(tools: readonly ToolDefinition[], ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].map((id) => tools.find((tool) => tool.id === id)?.name ?? "");
}
