import { exportBundle } from "@/lib/session/storage/export-session";
import { emptySetup } from "@/lib/session/store/first-session";
import { laneId, promptId, sessionId, turnId } from "@/lib/session/store/ids";
import type { TurnRecord } from "@/lib/session/store/session";
import type { TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";

import { sampleMarkdown } from "./sample-text";

/** What only the newest answer holds. */
export const NEWEST_MARK = "NEWEST";

/** What only the oldest answer holds. */
export const OLDEST_MARK = "OLDEST";

const STARTED = Date.UTC(2026, 0, 1);

/** An exported session of one lane with this many messages, alternating prompts and answers, and this many tokens. */
export function longSession(name: string, messages: number, tokens: number): string {
  const count = Math.ceil(messages / 2);
  const texts = Array.from({ length: count }, (_, index) => {
    const text = sampleMarkdown(Math.ceil(tokens / count), index + 1);
    return `${index === 0 ? OLDEST_MARK : ""}${text}\n\n${index === count - 1 ? NEWEST_MARK : ""}`;
  });
  return sessionOf(name, texts);
}

/** An exported session of one lane with these answers. */
export function sessionOf(name: string, texts: readonly string[]): string {
  const turns = texts.map((text, index) => recordOf(index, text));
  const session = {
    id: sessionId("long"),
    name,
    createdAt: STARTED,
    updatedAt: STARTED,
    lanes: [{ id: laneId("lane"), own: {}, leaf: turns.at(-1)?.id ?? null, width: 1 }],
    shared: emptySetup({ provider: "vllm", model: "answer-1000-100" }),
    tools: [],
    endpoints: [],
    sequential: false,
    draft: "",
    draftImages: [],
  };
  return exportBundle({ session, turns, records: [], images: [] }, STARTED);
}

function recordOf(index: number, text: string): TurnRecord {
  return {
    id: turnId(`turn-${index}`),
    sessionId: sessionId("long"),
    laneId: laneId("lane"),
    promptId: promptId(`prompt-${index}`),
    parentId: index === 0 ? null : turnId(`turn-${index - 1}`),
    images: [],
    prompt: `Question ${index + 1} of this session.`,
    createdAt: STARTED + index * 60_000,
    setup: emptySetup({ provider: "vllm", model: "answer-1000-100" }),
    sharedServer: false,
    notes: [],
    turn: eventsOf(index, text).reduce(fold, emptyTurn()),
    events: [],
  };
}

function eventsOf(index: number, text: string): readonly TimedEvent[] {
  const request = {
    provider: "vllm",
    dialect: "chat-completions",
    model: "answer-1000-100",
    endpoint: null,
  };
  return [
    { at: 0, event: { type: "step-start", stepId: `step-${index}`, request } },
    { at: 1, event: { type: "step-send" } },
    { at: 200, event: { type: "text-start", id: "t" } },
    { at: 200, event: { type: "text-delta", id: "t", text } },
    { at: 4_000, event: { type: "text-end", id: "t" } },
    { at: 4_000, event: { type: "finish", finish: { unified: "stop", raw: "stop" } } },
    { at: 4_000, event: { type: "step-end" } },
  ];
}
