import { describe, expect, it } from "vitest";

import { setup } from "@/lib/providers/dialects/__fixtures__/history";
import type { LaneSetup } from "@/lib/providers/provider";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";

import { prepareStep, type RequestShape } from "./prepare-step";

function prepare(changes: Partial<LaneSetup>) {
  const history = [{ prompt: "hi", turn: { steps: [] } }];
  return prepareStep({ setup: setup(changes), tools: [], history, reply: null, keyHeld: false });
}

it("the preparation of a step refuses what is not supported yet before it asks for a model or a key", () => {
  expect(prepare({ provider: "bedrock", model: "" })).toEqual({
    ok: false,
    error: {
      source: "app",
      code: "NOT_SUPPORTED",
      message:
        "Bedrock is not supported yet: it streams in a binary format that Vitrine does not read. The same models are at Anthropic and Vertex AI.",
      retryable: false,
    },
  });
});

it("the preparation of a step writes in the provider's first dialect when the lane's is not one of its own", () => {
  const prepared = prepare({ provider: "groq", dialect: "anthropic" });
  expect(prepared).toMatchObject({
    ok: true,
    step: {
      dialect: "chat-completions",
      url: "https://api.groq.com/openai/v1/chat/completions",
      chat: { provider: "groq", dialect: "chat-completions", model: "m", stream: true },
    },
  });
});

describe("an answer schema", () => {
  const responseSchema = { type: "object", properties: { city: { type: "string" } } };

  it.each([
    [
      "openai",
      {
        response_format: {
          type: "json_schema",
          json_schema: { name: "answer", schema: responseSchema, strict: true },
        },
      },
    ],
    [
      "openai-responses",
      { text: { format: { type: "json_schema", name: "answer", schema: responseSchema, strict: true } } },
    ],
    [
      "anthropic",
      { output_config: { effort: "low", format: { type: "json_schema", schema: responseSchema } } },
    ],
    [
      "gemini",
      { generationConfig: { responseMimeType: "application/json", responseJsonSchema: responseSchema } },
    ],
  ])("goes where %s reads it", (provider, fields) => {
    const model = provider === "anthropic" ? "claude-opus-4-6" : "m";
    const prepared = prepare({
      provider,
      model,
      responseSchema,
      ...(provider === "anthropic" ? { effort: "low" } : {}),
    });
    expect(prepared).toMatchObject({ ok: true, step: { body: fields } });
  });
});

describe("a request of another shape", () => {
  const history = [
    {
      prompt: "hi",
      turn: turnOf([
        { type: "reasoning-start", id: "r" },
        { type: "reasoning-delta", id: "r", text: "A thought" },
        { type: "reasoning-end", id: "r" },
        { type: "tool-input-start", id: "c", callId: "call-1", name: "weather" },
        { type: "tool-input-delta", id: "c", text: "{}" },
        { type: "tool-input-end", id: "c" },
        { type: "finish", finish: { unified: "tool-calls", raw: "tool_calls" } },
        { type: "step-end" },
      ]),
    },
  ];
  const prepareShape = (shape: RequestShape) => {
    const lane = setup({ provider: "llamacpp" });
    const prepared = prepareStep({ setup: lane, tools: [], history, reply: null, keyHeld: false, shape });
    if (!prepared.ok) throw new Error(prepared.error.message);
    return prepared.step;
  };

  it("asks for the whole answer at once, in the body and beside it", () => {
    const { body, chat, isStreamed } = prepareShape({ stream: false });
    expect([body["stream"], body["stream_options"], chat.stream, isStreamed]).toEqual([
      false,
      undefined,
      false,
      false,
    ]);
  });

  it("sends earlier thoughts back, or none of them", () => {
    expect(JSON.stringify(prepareShape({}).body)).toContain("A thought");
    expect(JSON.stringify(prepareShape({ thoughts: "dropped" }).body)).not.toContain("A thought");
  });

  it("has a patch laid over its body: fields set, merged and taken out", () => {
    const { body } = prepareShape({ patch: { messages: "broken", stream_options: null, extra: { a: 1 } } });
    expect([body["messages"], body["stream_options"], body["extra"]]).toEqual([
      "broken",
      undefined,
      { a: 1 },
    ]);
  });
});

function turnOf(events: readonly StreamEvent[]): Turn {
  const request = { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null };
  return [{ type: "step-start" as const, stepId: "s", request }, ...events].reduce<Turn>(
    (turn, event) => fold(turn, { at: 0, event }),
    emptyTurn(),
  );
}
