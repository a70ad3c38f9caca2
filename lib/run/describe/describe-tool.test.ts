import { describe, expect, it } from "vitest";

import { openLedger } from "@/e2e/strict/strict-dialect";
import { plainSetup } from "@/lib/providers/plain-setup";
import type { LaneSetup } from "@/lib/providers/provider";
import { DIALECTS } from "@/lib/run/__fixtures__/run-replies";
import type { Platform, Transport } from "@/lib/run/ports";
import { createQueue } from "@/lib/run/queue";
import { createSemaphore } from "@/lib/run/semaphore";
import { sampleTools } from "@/lib/tools/samples";
import type { ToolDefinition } from "@/lib/tools/tool";

import { describeTool } from "./describe-tool";

const platform: Platform = {
  clock: { now: () => 0, wall: () => 0 },
  random: () => 0,
  wait: () => Promise.resolve(false),
  every: () => () => undefined,
  onReturn: () => () => undefined,
};

/** The limit of a local model passes; shorter waits never end by themselves. */
const LATE: Platform["wait"] = (ms, signal) =>
  new Promise((resolve) => {
    if (ms >= 120_000) setTimeout(() => resolve(true));
    else signal.addEventListener("abort", () => resolve(false));
  });

const HEAD = { status: 200, requestId: null, connectMs: null, headersMs: 1 };
const TRAINS = {
  name: "train_times",
  description: "Finds trains.",
  parameters: {
    type: "object",
    properties: { to: { type: "string", description: "City" } },
    required: ["to"],
  },
};

type Asked = {
  readonly setup?: Partial<LaneSetup>;
  readonly current?: ToolDefinition;
  /** Nothing comes after the answer, and nothing ends it but a stop. */
  readonly staysOpen?: boolean;
  /** Every wait is over at once. */
  readonly isLate?: boolean;
};

/** What comes of a description where the server answers with this text; also the request's body. */
async function draftFrom(answer: string | ((body: unknown) => string), asked: Asked = {}) {
  const bodies: unknown[] = [];
  const stop = new AbortController();
  const transport: Transport = {
    open: ({ chat: sent }, signal) => {
      bodies.push(sent.body);
      const text = typeof answer === "string" ? answer : answer(sent.body);
      if (asked.staysOpen === true) {
        const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
          start: (out) => {
            if (text !== "") out.enqueue(new TextEncoder().encode(text));
            signal.addEventListener("abort", () => out.error(signal.reason));
          },
        });
        return Promise.resolve({ ok: true, body, head: { ...HEAD, contentType: "text/event-stream" } });
      }
      const { body } = new Response(text);
      if (body === null) throw new Error("a response has a body");
      return Promise.resolve({ ok: true, body, head: { ...HEAD, contentType: "text/event-stream" } });
    },
    brokeOff: () => {
      throw new Error("nothing breaks off");
    },
  };
  const { current = null } = asked;
  const described = await describeTool(
    {
      sentence: "finds trains to a city",
      current,
      others: sampleTools.filter(({ id }) => id !== current?.id),
      setup: { ...plainSetup({ provider: "llamacpp", model: "m" }), ...asked.setup },
      endpointName: null,
      signal: stop.signal,
      onTurn: () => undefined,
    },
    {
      platform: asked.isLate === true ? { ...platform, wait: LATE } : platform,
      transport,
      queue: createQueue(createSemaphore(1), () => false),
      newStepId: () => "s",
      servers: () => null,
      keyFor: () => "k",
    },
  );
  return { described, bodies };
}

function chunk(choice: object): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`;
}

function chat(delta: object, finish = "stop"): string {
  return `${chunk({ delta })}${chunk({ delta: {}, finish_reason: finish })}data: [DONE]\n\n`;
}

function calling(args: unknown, name = "define_tool"): string {
  const input = typeof args === "string" ? args : JSON.stringify(args);
  const call = { index: 0, id: "c", type: "function", function: { name, arguments: input } };
  return chat({ tool_calls: [call] }, "tool_calls");
}

/** A call of the draft's tool, at its place among those of an answer. */
function callAt(index: number, input: string): object {
  return {
    tool_calls: [
      { index, id: `c${index}`, type: "function", function: { name: "define_tool", arguments: input } },
    ],
  };
}

describe("a described tool", () => {
  it.each(DIALECTS.map(([provider, server]) => [provider, server] as const))(
    "is asked of %s as its server accepts it, and read from its call",
    async (provider, server) => {
      const ledger = openLedger();
      const write = (body: unknown) => {
        expect(server.read(body, ledger)).toEqual({ kind: "request", tools: ["define_tool"], results: [] });
        const calls = [{ name: "define_tool", args: TRAINS }];
        return server.write({ thought: "A tool.", calls, text: "" }, ledger).join("");
      };
      const { described, bodies } = await draftFrom(write, { setup: { provider, model: "m" } });
      expect(bodies).toHaveLength(1);
      expect(described).toMatchObject({ state: "drafted", tool: { id: "", ...TRAINS }, notes: [] });
    },
  );

  it("is forced where that is possible, and the lane's own tools, words and search stay out of it", async () => {
    const setup = {
      system: "Be a pirate.",
      tools: ["sample-weather"],
      responseSchema: { type: "object" },
      webSearch: true,
    };
    const { bodies } = await draftFrom(calling(TRAINS), { setup });
    expect(bodies[0]).toMatchObject({
      tool_choice: "required",
      tools: [{ function: { name: "define_tool" } }],
    });
    // A small model of one's own may never end by itself.
    expect(bodies[0]).toMatchObject({ max_tokens: 1_000 });
    // Lists of objects would make the grammar of a local model too large.
    expect(JSON.stringify(bodies[0]).match(/"items":\{"type":"object"/gu)).toHaveLength(1);
    expect(JSON.stringify(bodies[0])).not.toMatch(/pirate|response_format|weather/u);
  });

  it("is asked of a local model as a flat list, also where it changes one that is no more, and read from it", async () => {
    const city = { name: "city", type: "string", description: "Such as Rome", required: true };
    const flat = { name: "local_time", description: "Tells the time.", arguments: [city] };
    const { described, bodies } = await draftFrom(calling(flat));
    expect(described).toMatchObject({
      state: "drafted",
      tool: {
        name: "local_time",
        parameters: {
          type: "object",
          properties: { city: { type: "string", description: "Such as Rome" } },
          required: ["city"],
        },
      },
      notes: [],
    });
    expect(JSON.stringify(bodies[0])).not.toContain("additionalProperties");
    const [current] = sampleTools;
    if (current === undefined) expect.unreachable();
    const { arguments: _list, ...rest } = flat;
    const parameters = { type: "object", properties: { city: { type: "string" } } };
    const changed = await draftFrom(calling(flat), { current: { ...current, parameters } });
    expect(JSON.stringify(changed.bodies[0])).toContain(String.raw`\"arguments\":[{\"name\":\"city\"`);
    const units = { type: "object", properties: { unit: { type: "string", enum: ["c", "f"] } } };
    const nested = await draftFrom(calling({ ...rest, parameters: units }), {
      current: { ...current, parameters: units },
    });
    expect(JSON.stringify(nested.bodies[0])).toContain("additionalProperties");
  });

  it("is done with a second call, whose end nobody waits for", async () => {
    const answer =
      chunk({ delta: callAt(0, JSON.stringify(TRAINS)) }) + chunk({ delta: callAt(1, '{"name') });
    const { described } = await draftFrom(answer, { staysOpen: true });
    expect(described).toMatchObject({
      state: "drafted",
      tool: TRAINS,
      notes: ["The model made 2 calls. This is the first."],
    });
  });

  it("is given room for thoughts by a local model that thinks", async () => {
    for (const setup of [{ model: "gpt-oss-20b" }, { effort: "low" }] as const) {
      const { bodies } = await draftFrom(calling(TRAINS), { setup });
      expect(bodies[0]).toMatchObject({ max_tokens: 3_000 });
    }
    const { bodies } = await draftFrom(calling(TRAINS), { setup: { maxTokens: 50 } });
    expect(bodies[0]).toMatchObject({ max_tokens: 50 });
  });

  it("that a local model does not get done in time ends in words", async () => {
    const { described } = await draftFrom("", { staysOpen: true, isLate: true });
    expect(described).toEqual({
      state: "failed",
      why: "The model had not written the whole tool after 2 minutes, so it was stopped. Describe less, or choose a faster model.",
    });
  });

  it("that changes another one is asked with it, keeps what no model was asked for, and may keep its name", async () => {
    const [current] = sampleTools;
    if (current === undefined) expect.unreachable();
    const strict: ToolDefinition = { ...current, strict: true };
    const { described, bodies } = await draftFrom(calling({ ...TRAINS, name: "weather" }), {
      current: strict,
    });
    expect(JSON.stringify(bodies[0])).toContain("City, such as Florence");
    expect(described).toEqual({
      state: "drafted",
      tool: { ...strict, description: TRAINS.description, parameters: TRAINS.parameters },
      notes: [],
    });
  });

  it("gets a name that can be had, and says which one the model gave", async () => {
    const { described } = await draftFrom(calling({ ...TRAINS, name: "weather" }));
    expect(described).toMatchObject({
      state: "drafted",
      tool: { name: "weather_2" },
      notes: ["The model named it “weather”."],
    });
  });

  it("is taken from a text that holds it, which is said", async () => {
    const text = `Here you are:\n\`\`\`json\n${JSON.stringify(TRAINS)}\n\`\`\`\nEnjoy.`;
    expect((await draftFrom(chat({ content: text }))).described).toMatchObject({
      state: "drafted",
      tool: TRAINS,
      notes: ["The model wrote the tool as text instead of calling."],
    });
  });

  it.each([
    [chat({ content: "I can't do that." }), /^The model called no tool, so there is no draft\./u],
    [calling("{", "define_tool"), /^The model's call can't be read\. Not valid JSON/u],
    [calling({ a: 1 }, "get_weather"), /^The model called “get_weather”, which it was not given\.$/u],
    [calling({ description: "x" }), /^The model's call is not a tool\. "name" is required/u],
    [
      calling({ ...TRAINS, parameters: { type: "thing" } }),
      /^The model's call is not a tool\. .*\(\/parameters\/type\)$/u,
    ],
    [chat({ content: '{"name": "train' }, "length"), /^The answer ended at its limit of tokens/u],
    ["data: {", /./u],
  ])("that is none fails in words (%#)", async (answer, why) => {
    const { described } = await draftFrom(answer);
    expect(described).toEqual({ state: "failed", why: expect.stringMatching(why) });
  });

  it("of a lane without a model says what to do", async () => {
    const { described, bodies } = await draftFrom("", { setup: { model: "" } });
    expect(bodies).toEqual([]);
    expect(described).toEqual({ state: "failed", why: expect.stringContaining("No model is chosen.") });
  });
});
