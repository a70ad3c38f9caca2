/** Session files whose newest answer, or whose tools, are more than a person would make. */
import { exportBundle } from "@/lib/session/storage/export-session";
import { emptySetup } from "@/lib/session/store/first-session";
import { laneId, promptId, sessionId, turnId } from "@/lib/session/store/ids";
import type { Session, TurnRecord } from "@/lib/session/store/session";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn } from "@/lib/stream/turn/fold";
import { foldAll } from "@/lib/stream/turn/fold-all";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

const STARTED = Date.UTC(2026, 0, 1);
const MODEL = { provider: "vllm", model: "answer-1000-100" };

/** A session whose only call holds this text: a person decides how much of it the model gets. */
export function heldSession(name: string, output: string): string {
  const request = { ...MODEL, dialect: "chat-completions", endpoint: null };
  const call = { stepId: "step", id: "call" };
  const events: readonly StreamEvent[] = [
    { type: "step-start", stepId: "step", request },
    { type: "step-send" },
    { type: "tool-input-start", id: "call", callId: "call_1", name: "weather", form: "json" },
    { type: "tool-input-delta", id: "call", text: '{"location":"Florence"}' },
    { type: "tool-input-end", id: "call" },
    { type: "finish", finish: { unified: "tool-calls", raw: "tool_calls" } },
    { type: "step-end" },
    { type: "tool-run-start", ...call },
    { type: "tool-run-hold", ...call, result: { output, isError: false, origin: { by: "javascript" } } },
  ];
  const record: TurnRecord = {
    id: turnId("turn"),
    sessionId: sessionId("tools"),
    laneId: laneId("lane"),
    promptId: promptId("prompt"),
    parentId: null,
    images: [],
    prompt: "Everything about Florence.",
    createdAt: STARTED,
    setup: emptySetup(MODEL),
    sharedServer: false,
    notes: [],
    turn: foldAll(
      emptyTurn(),
      events.map((event, index) => ({ at: index * 100, event })),
    ),
    events: [],
  };
  return exportBundle(
    { session: sessionWith(name, [], record), turns: [record], records: [], images: [] },
    STARTED,
  );
}

/** A session with this many tools, all of them on. */
export function toolsSession(name: string, count: number): string {
  const tools = Array.from({ length: count }, (_, index) => toolOf(index + 1));
  return exportBundle(
    { session: sessionWith(name, tools, null), turns: [], records: [], images: [] },
    STARTED,
  );
}

/** The name of the nth tool of `toolsSession`. */
export function toolName(nth: number): string {
  return `look_up_${nth}`;
}

function toolOf(nth: number): ToolDefinition {
  const text = { type: "string", description: "What to look up, in the words of whoever asks" };
  return {
    ...NEW_TOOL_CHOICES,
    id: `tool-${nth}`,
    name: toolName(nth),
    description: `Looks up entries of register ${nth} and gives the newest of them.`,
    parameters: {
      type: "object",
      properties: {
        query: text,
        filter: { type: "object", properties: { year: { type: "integer" }, place: text } },
        limit: { type: "integer", minimum: 1, maximum: 100 },
      },
      required: ["query"],
      additionalProperties: false,
    },
    strict: null,
  };
}

function sessionWith(name: string, tools: readonly ToolDefinition[], turn: TurnRecord | null): Session {
  return {
    id: sessionId("tools"),
    name,
    createdAt: STARTED,
    updatedAt: STARTED,
    lanes: [{ id: laneId("lane"), own: {}, leaf: turn?.id ?? null, width: 1 }],
    shared: { ...emptySetup(MODEL), tools: tools.map(({ id }) => id) },
    tools,
    endpoints: [],
    sequential: false,
    draft: "",
    draftImages: [],
  };
}
