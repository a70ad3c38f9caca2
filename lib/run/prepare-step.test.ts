import { describe, expect, it } from "vitest";

import { strictAnthropic } from "@/e2e/strict/strict-anthropic";
import { strictChat } from "@/e2e/strict/strict-chat";
import { openLedger, type StrictDialect } from "@/e2e/strict/strict-dialect";
import { strictGemini } from "@/e2e/strict/strict-gemini";
import { strictResponses } from "@/e2e/strict/strict-responses";
import { setup } from "@/lib/providers/dialects/__fixtures__/history";
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import type { LaneSetup, PastTurn } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import type { StreamEvent } from "@/lib/stream/turn/event";
import { emptyTurn, fold } from "@/lib/stream/turn/fold";
import type { Turn } from "@/lib/stream/turn/turn";

import { openAnswer } from "./answer";
import { prepareStep, type RequestShape } from "./prepare-step";

const SERVERS: readonly (readonly [provider: string, server: StrictDialect])[] = [
  ["llamacpp", strictChat],
  ["openai-responses", strictResponses],
  ["anthropic", strictAnthropic],
  ["gemini", strictGemini],
];

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
  const prepareShape = (shape: RequestShape, provider = "llamacpp", past: readonly PastTurn[] = history) => {
    const lane = setup({ provider });
    const prepared = prepareStep({
      setup: lane,
      tools: [],
      history: past,
      reply: null,
      keyHeld: false,
      shape,
    });
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

  it.each([
    ["llamacpp", [true, "/chat/completions"], [false, "/chat/completions"]],
    ["openai-responses", [true, "/responses"], [false, "/responses"]],
    ["anthropic", [true, "/messages"], [false, "/messages"]],
    ["gemini", [undefined, ":streamGenerateContent?alt=sse"], [undefined, ":generateContent"]],
  ])("asks %s for a stream as usual, or for the whole answer", (provider, streamed, whole) => {
    const askFor = (shape: RequestShape) => {
      const { body, chat, isStreamed, url } = prepareShape(shape, provider);
      const end = /(?:\/chat)?\/[a-z]+$|:[\w?=]+$/iu.exec(url)?.[0];
      return [[body["stream"], end], chat.stream, isStreamed];
    };
    expect(askFor({})).toEqual([streamed, true, true]);
    expect(askFor({ stream: false })).toEqual([whole, false, false]);
  });

  it.each(SERVERS)("sends %s its earlier thoughts as usual, or none of them", (provider, server) => {
    const past = [{ prompt: "hi", turn: answerOf(provider, server) }];
    const kept = JSON.stringify(prepareShape({}, provider, past).body);
    const dropped = JSON.stringify(prepareShape({ thoughts: "dropped" }, provider, past).body);
    // Gemini wants no thoughts back but those that carry a signature, which this one does not.
    expect([kept.includes("A thought"), dropped.includes("A thought")]).toEqual([
      provider !== "gemini",
      false,
    ]);
    expect(dropped).toContain("weather");
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

/** A turn in which this server thought and called a tool, read as received over the wire. */
function answerOf(provider: string, server: StrictDialect): Turn {
  const found = findProvider(provider);
  if (found === null) throw new Error(`there is no provider ${provider}`);
  const speech = speechOf(found, null);
  const head = {
    status: 200,
    contentType: server.contentType,
    requestId: null,
    connectMs: null,
    headersMs: 1,
  };
  const answer = openAnswer({ reader: bindDialect(speech).open("auto"), head, isStreamed: true });
  const frames = server.write(
    { thought: "A thought", calls: [{ name: "weather", args: {} }], text: "" },
    openLedger(),
  );
  const request = { provider, dialect: speech.dialect, model: "m", endpoint: null };
  const start = { at: 0, event: { type: "step-start" as const, stepId: "s", request } };
  const read = answer.push(new TextEncoder().encode(frames.join("")), 1);
  return [start, ...read, ...answer.end(2, { how: "closed" })].reduce(fold, emptyTurn());
}

function turnOf(events: readonly StreamEvent[]): Turn {
  const request = { provider: "llamacpp", dialect: "chat-completions", model: "m", endpoint: null };
  return [{ type: "step-start" as const, stepId: "s", request }, ...events].reduce<Turn>(
    (turn, event) => fold(turn, { at: 0, event }),
    emptyTurn(),
  );
}
