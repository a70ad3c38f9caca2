import { expect, it } from "vitest";

import type { AttemptRecord } from "@/lib/run/record";

import { stepFacts } from "./step-facts";

const VERBOSE = { content: "<tool_call>{}</tool_call>", prompt: "<|im_start|>user" };

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
    head: null,
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
  expect(stepFacts([record(chunk, { isStreamed: false })])).toEqual({ "step-1": facts });
});

it("a server that reports neither leaves both unknown, and of two attempts the last counts", () => {
  const first = record(JSON.stringify({ __verbose: VERBOSE }), { isStreamed: false });
  const last = record('{"choices":[]}', { isStreamed: false, attempt: 2, request: "not JSON" });
  expect(stepFacts([first, last])).toEqual({ "step-1": { request: null, written: null, prompt: null } });
});
