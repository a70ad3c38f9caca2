import type { StoreApi } from "zustand/vanilla";

import { LLAMA_CALLS } from "@/lib/contract/llama";
import { isAnswered, isWaiting } from "@/lib/run/calls";
import { lastMoment } from "@/lib/run/turn-clock";
import type { Images } from "@/lib/session/images/images";
import type { BrowserPlatform } from "@/lib/session/page/browser-platform";
import { interruptRecord } from "@/lib/session/run/interrupt-turn";
import type { TurnRunner } from "@/lib/session/run/turn-runner";
import { callApi } from "@/lib/session/servers/api-client";
import type { AppState } from "@/lib/session/store/app-state";
import type { NewIds } from "@/lib/session/store/ids";
import type { Keys } from "@/lib/session/store/keys";
import { effectiveSetup } from "@/lib/session/store/lanes";
import type { LiveTurns } from "@/lib/session/store/live-turns";
import type { Notify } from "@/lib/session/store/notices";
import type { Lane, LaneId, PromptId, SessionActions, TurnRecord } from "@/lib/session/store/session";
import { latestLeafUnder, pathOf, siblingsOf } from "@/lib/session/store/turn-tree";
import type { TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";

import type { Editor } from "./editor";
import { createPromptSender } from "./send-prompt";

type TurnActions = Pick<
  SessionActions,
  | "send"
  | "stop"
  | "stopAll"
  | "retry"
  | "retryFrom"
  | "editPrompt"
  | "showSibling"
  | "readThought"
  | "answerAgain"
  | "endThinking"
>;

export type TurnPorts = {
  readonly store: StoreApi<AppState>;
  readonly editor: Editor;
  readonly runner: TurnRunner;
  readonly live: LiveTurns;
  readonly platform: BrowserPlatform;
  readonly ids: NewIds;
  readonly keys: Keys;
  readonly images: Images;
  readonly notify: Notify;
};

/** Actions on prompts and answers. */
export function turnActions(ports: TurnPorts): TurnActions {
  const { store, editor, runner, live, platform, ids } = ports;

  /** Shows new turns as the leaves of their lanes. */
  const show = (records: readonly TurnRecord[]) => {
    if (records.length === 0) return;
    const leaves = new Map(records.map((record) => [record.laneId, record.id]));
    editor.addTurns(records);
    editor.change((session) => ({
      ...session,
      lanes: session.lanes.map((lane) => ({ ...lane, leaf: leaves.get(lane.id) ?? lane.leaf })),
    }));
    store.setState((state) => ({ laneNotices: without(state.laneNotices, [...leaves.keys()]) }));
  };

  const begin = (records: readonly TurnRecord[]) => {
    show(records);
    for (const record of records) runner.next(record.id);
  };

  const newTurn = (
    lane: LaneId,
    asked: Pick<TurnRecord, "promptId" | "prompt" | "images" | "createdAt" | "parentId">,
    turn: Turn = emptyTurn(),
  ): TurnRecord => {
    const { session } = store.getState();
    return {
      ...asked,
      id: ids.turn(),
      sessionId: session.id,
      laneId: lane,
      setup: effectiveSetup(session, lane),
      sharedServer: false,
      notes: [],
      turn,
      events: [],
    };
  };

  /** A new branch with the same prompt that goes on behind steps of the old one. */
  const branchOff = (record: TurnRecord, kept: Turn) => {
    runner.stop((_turn, lane) => lane === record.laneId);
    const passed = lastMoment(kept);
    // Times of the steps that are kept stay true: the new turn began as long ago as they took.
    const createdAt = Math.max(editor.stamp() - passed, record.createdAt + 1);
    begin([
      {
        ...newTurn(record.laneId, { ...askedOf(record), createdAt }, kept),
        events: eventsOf(record.events, kept),
      },
    ]);
  };

  const sender = createPromptSender({ ...ports, newTurn, begin });

  return {
    send: sender.send,
    stop: (id) => {
      sender.cancel([id]);
      runner.stop((_turn, lane) => lane === id);
    },
    stopAll: () => {
      sender.cancel("all");
      runner.stop(() => true);
    },
    retry: (id) => {
      const record = editor.turn(id);
      if (record && editor.isOwner()) branchOff(record, keptSteps(record.turn));
    },
    retryFrom: (id, stepId) => {
      const record = editor.turn(id);
      if (!record || !editor.isOwner()) return;
      const at = record.turn.steps.findIndex((step) => step.id === stepId);
      const steps = record.turn.steps.slice(0, Math.max(0, at));
      branchOff(record, isAnswered(steps.at(-1)) ? { steps } : emptyTurn());
    },
    editPrompt: (promptId, prompt, images) => {
      if (!editor.isOwner() || prompt.trim() === "") return;
      const { session, turns } = store.getState();
      const asked = onScreen(session.lanes, turns, promptId);
      const lanes = new Set(asked.map((record) => record.laneId));
      runner.stop((_turn, lane) => lanes.has(lane));
      const edited = { promptId: ids.prompt(), prompt, createdAt: editor.stamp() };
      begin(
        asked.map((record) =>
          newTurn(record.laneId, {
            ...edited,
            images: images ?? record.images,
            parentId: record.parentId,
          }),
        ),
      );
    },
    showSibling: (id, by) => {
      const record = editor.turn(id);
      if (!record) return;
      const { turns } = store.getState();
      const siblings = siblingsOf(turns, record);
      const sibling = siblings[siblings.findIndex((other) => other.id === id) + by];
      if (!sibling) return;
      const leaf = latestLeafUnder(turns, sibling.id);
      editor.look((session) => ({
        ...session,
        lanes: session.lanes.map((lane) => (lane.id === record.laneId ? { ...lane, leaf } : lane)),
      }));
    },
    readThought: (id, stepId, partId) => {
      if (!editor.isOwner()) return;
      runner.amend(id, [{ at: 0, event: { type: "read-thought", stepId, id: partId } }]);
    },
    answerAgain: (id) => {
      const record = editor.turn(id);
      if (!record || !editor.isOwner() || !isWaiting(record.turn.steps.at(-1))) return;
      runner.stop((_turn, lane) => lane === record.laneId);
      const createdAt = Math.max(editor.stamp() - lastMoment(record.turn), record.createdAt + 1);
      // The same model goes on with what it asked, whatever its lane is set to now.
      const { setup, notes } = record;
      const branch = newTurn(record.laneId, { ...askedOf(record), createdAt }, record.turn);
      // A tool that ran stays behind with the old branch: here its call waits for a result again.
      show([interruptRecord({ ...branch, setup, notes, events: record.events }, "copied")]);
    },
    endThinking: async (id) => {
      const record = editor.turn(id);
      const responseId = live.current(id)?.steps.at(-1)?.responseId;
      if (!record || !responseId) return;
      const { provider, endpoint } = record.setup;
      const result = await callApi({
        fetch: platform.fetch,
        path: "/api/llama/control",
        key: ports.keys.get(provider, endpoint),
        body: { provider, ...(endpoint === null ? {} : { endpoint }), id: responseId },
        reply: LLAMA_CALLS.control.reply,
      });
      const reason = result.ok ? result.value.message : result.error.message;
      if (result.ok && result.value.success) return;
      ports.notify("error", `Thinking was not ended: ${reason ?? "the server gave no reason"}`);
    },
  };
}

const askedOf = ({ promptId, prompt, images, parentId }: TurnRecord) => ({
  promptId,
  prompt,
  images,
  parentId,
});

/** The turns on screen that answer a prompt. */
function onScreen(
  lanes: readonly Lane[],
  turns: AppState["turns"],
  promptId: PromptId,
): readonly TurnRecord[] {
  return lanes.flatMap((lane) => pathOf(turns, lane.leaf).filter((turn) => turn.promptId === promptId));
}

/**
 * What a retry begins with. When a later step went wrong, the steps before it with their typed results: nobody
 * types them twice. Otherwise nothing.
 */
function keptSteps(turn: Turn): Turn {
  const last = turn.steps.at(-1);
  const earlier = turn.steps.slice(0, -1);
  const wentWrong = last !== undefined && last.status.state !== "done";
  return wentWrong && isAnswered(earlier.at(-1)) ? { steps: earlier } : emptyTurn();
}

/** What a run did in these steps alone. */
function eventsOf(events: readonly TimedEvent[], { steps }: Turn): readonly TimedEvent[] {
  const kept = new Set(steps.map(({ id }) => id));
  let isKept = true;
  return events.filter(({ event }) => {
    if (event.type === "step-start") isKept = kept.has(event.stepId);
    return "stepId" in event ? kept.has(event.stepId) : isKept;
  });
}

function without<K, V>(map: ReadonlyMap<K, V>, keys: readonly K[]): ReadonlyMap<K, V> {
  if (!keys.some((key) => map.has(key))) return map;
  return new Map([...map].filter(([key]) => !keys.includes(key)));
}
