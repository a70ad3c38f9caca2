import type { StoreApi } from "zustand/vanilla";

import { isAnswered, isWaiting } from "@/lib/run/calls";
import { openTurnClock } from "@/lib/run/turn-clock";
import type { TurnRunner } from "@/lib/session/run/turn-runner";
import type { ToolClient } from "@/lib/session/servers/tool-client";
import type { AppState } from "@/lib/session/store/app-state";
import type { LiveTurns } from "@/lib/session/store/live-turns";
import type { CallRef, SessionActions, TurnId, TurnRecord } from "@/lib/session/store/session";
import type { StreamEvent } from "@/lib/stream/turn/event";
import type { ToolCallPart, Turn } from "@/lib/stream/turn/turn";
import { definitionKey } from "@/lib/tools/definition-key";

import type { Editor } from "./editor";
import type { TurnPorts } from "./turn-actions";

type CallActions = Pick<
  SessionActions,
  "answerCall" | "answerQuestion" | "editCall" | "runCall" | "allowTool" | "goOn"
>;

type CallPorts = Pick<TurnPorts, "platform" | "notify"> & {
  readonly toolClient: Pick<ToolClient, "answerQuestion">;
  readonly store: StoreApi<AppState>;
  readonly editor: Editor;
  readonly runner: TurnRunner;
  readonly live: LiveTurns;
};

/** What a person does with the calls of a step that has ended. */
export function callActions(ports: CallPorts): CallActions {
  const { store, editor, runner, live, platform } = ports;
  const turnOf = (id: TurnId): Turn | null => live.current(id) ?? editor.turn(id)?.turn ?? null;

  /** The call, where its step is the last one and still takes results in this tab. */
  const openCall = ({ turnId, stepId, partId }: CallRef) => {
    const record = editor.turn(turnId);
    const step = turnOf(turnId)?.steps.at(-1);
    if (!record || !editor.isOwner() || step?.id !== stepId || hasNext(record)) return null;
    const call = step.parts.find(({ id }) => id === partId);
    return call?.type === "tool-call" ? { record, call } : null;
  };

  /** A turn that another one goes on from takes no results any more. */
  const hasNext = ({ id }: TurnRecord): boolean =>
    [...store.getState().turns.values()].some((turn) => turn.parentId === id);

  const amend = (record: TurnRecord, event: StreamEvent): Turn | null => {
    const at = openTurnClock(record.createdAt, turnOf(record.id) ?? record.turn, platform.clock)();
    return runner.amend(record.id, [{ at, event }]);
  };

  /** The last turns of all lanes. */
  const openTurns = (): readonly TurnId[] =>
    editor.isOwner() ? store.getState().session.lanes.flatMap(({ leaf }) => leaf ?? []) : [];

  const goOnIfAnswered = (id: TurnId) => {
    if (isAnswered(turnOf(id)?.steps.at(-1))) runner.next(id);
  };

  const run = async (turnId: TurnId, stepId: string, call: ToolCallPart) => {
    await runner.runTool(turnId, { stepId, call });
    goOnIfAnswered(turnId);
  };

  return {
    answerCall: (ref, result) => {
      const open = openCall(ref);
      if (open === null) return;
      amend(open.record, { type: "tool-result", stepId: ref.stepId, id: ref.partId, result });
      goOnIfAnswered(ref.turnId);
    },
    answerQuestion: async (question, answer) => {
      const error = await ports.toolClient.answerQuestion(question, answer);
      if (error !== null) ports.notify("error", `The tool did not get the answer: ${error.message}`);
    },
    editCall: (ref, edit) => {
      const open = openCall(ref);
      if (open !== null) amend(open.record, { type: "call-edit", stepId: ref.stepId, id: ref.partId, edit });
    },
    runCall: async (ref) => {
      const open = openCall(ref);
      if (open !== null) await run(ref.turnId, ref.stepId, open.call);
    },
    allowTool: async (ref, tool, binding) => {
      const open = openCall(ref);
      const runs = open === null ? [] : [run(ref.turnId, ref.stepId, open.call)];
      // What was never compared with its server's definition could change without anybody seeing it.
      if (binding.kind !== "mcp" || binding.hash !== null) {
        const key = definitionKey(tool, binding);
        store.setState(({ allowed }) => ({ allowed: new Set(allowed).add(key) }));
        for (const id of openTurns())
          for (const { stepId, call } of runner.allowedCalls(id, key))
            if (id !== ref.turnId || call.id !== ref.partId) runs.push(run(id, stepId, call));
      }
      await Promise.all(runs);
    },
    goOn: (id) => {
      const record = editor.turn(id);
      const step = turnOf(id)?.steps.at(-1);
      if (!record || !editor.isOwner() || hasNext(record)) return;
      if (isWaiting(step) || isAnswered(step)) runner.next(id);
    },
  };
}
