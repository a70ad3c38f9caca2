import { plainSetup } from "@/lib/providers/plain-setup";
import type { AttemptRecord } from "@/lib/run/record";
import type { Tape, TapeTurn } from "@/lib/tape/tape";

const setup = plainSetup({ provider: "llamacpp", model: "m" });
const encoder = new TextEncoder();

/** An attempt whose bytes are the server's own: one read of a stream that says "Hi", but for these fields. */
export function buildAttempt(fields: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    stepId: "step",
    attempt: 1,
    url: "http://127.0.0.1:8080/v1/chat/completions",
    request: '{"model":"m"}',
    speech: null,
    thinkTags: "auto",
    isStreamed: true,
    head: { status: 200, contentType: "text/event-stream", requestId: null, connectMs: null, headersMs: 1 },
    chunks: [{ at: 3, bytes: encoder.encode("data: Hi\n\n") }],
    droppedBytes: 0,
    end: { how: "closed", at: 4 },
    ...fields,
  };
}

/** A turn with one step that was sent once, but for these fields. */
export function buildTapeTurn(fields: Partial<TapeTurn> = {}): TapeTurn {
  const request = { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null };
  return {
    id: "turn",
    lane: 0,
    parentId: null,
    promptId: "prompt",
    prompt: "Hi",
    images: [],
    setup,
    notes: [],
    sharedServer: false,
    startUs: 0,
    events: [
      { at: 1, event: { type: "step-start", stepId: "step", request } },
      { at: 2, event: { type: "step-send" } },
    ],
    records: [buildAttempt()],
    ...fields,
  };
}

/** A tape of one lane and one turn, but for these fields. */
export function buildTape(fields: Partial<Tape> = {}): Tape {
  return {
    startedAt: 1_764_400_000_000,
    name: "",
    source: "",
    lanes: [{ label: "llamacpp/m", setup, leaf: null }],
    tools: [],
    turns: [buildTapeTurn()],
    images: [],
    markers: [],
    ...fields,
  };
}
