import { expect, it } from "vitest";

import type { AttemptRecord } from "@/lib/run/record";

import { stepFacts } from "./step-facts";

const VERBOSE = { content: "<tool_call>{}</tool_call>", prompt: "<|im_start|>user" };

function headOf(contentType: string): AttemptRecord["head"] {
  return { status: 200, contentType, requestId: null, connectMs: null, headersMs: 1 };
}

const WHOLE = { isStreamed: false, head: headOf("application/json") } as const;

function record(body: string, fields: Partial<AttemptRecord> = {}): AttemptRecord {
  const bytes = new TextEncoder().encode(body);
  return {
    stepId: "step-1",
    attempt: 1,
    url: "http://127.0.0.1:1/v1/chat/completions",
    request: '{"model":"m"}',
    speech: null,
    thinkTags: "auto",
    isStreamed: true,
    head: headOf("text/event-stream"),
    // In two reads, cut inside a character.
    chunks: [
      { at: 0, bytes: bytes.slice(0, 3) },
      { at: 1, bytes: bytes.slice(3) },
    ],
    droppedBytes: 0,
    end: null,
    ...fields,
  };
}

it("what the model wrote and the prompt are read from a whole answer and from the last chunk of a stream", () => {
  const facts = { request: { model: "m" }, written: VERBOSE.content, prompt: VERBOSE.prompt };
  const chunk = JSON.stringify({ choices: [], __verbose: VERBOSE });
  const stream = `: é\n\ndata: {"choices":[]}\n\ndata: ${chunk}\n\ndata: [DONE]\n\n`;
  expect(stepFacts([record(stream)])).toEqual({ "step-1": facts });
  expect(stepFacts([record(chunk, WHOLE)])).toEqual({ "step-1": facts });
});

it("a server that reports neither leaves both unknown, and of two attempts the last counts", () => {
  const first = record(JSON.stringify({ __verbose: VERBOSE }), WHOLE);
  const last = record('{"choices":[]}', { ...WHOLE, attempt: 2, request: "not JSON" });
  expect(stepFacts([first, last])).toEqual({ "step-1": { request: null, written: null, prompt: null } });
});

/** A body as Vitrine's relay passes it on. */
function framed(contentType: string, body: string): string {
  const head = JSON.stringify({ status: 200, contentType, connectMs: 1, headersMs: 1 });
  return `: vitrine waits\n\nevent: relay-head\ndata: ${head}\n\n${body}`;
}

it("what the relay writes around an answer is not read as the server's", () => {
  const facts = { request: { model: "m" }, written: VERBOSE.content, prompt: VERBOSE.prompt };
  const answer = JSON.stringify({ choices: [], __verbose: VERBOSE });
  const whole = framed("application/json", answer);
  expect(stepFacts([record(whole, { isStreamed: false, head: null })])).toEqual({ "step-1": facts });
  const stream = framed("text/event-stream", `data: ${answer}\n\ndata: [DONE]\n\n`);
  expect(stepFacts([record(stream, { head: null })])).toEqual({ "step-1": facts });
});
