import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { DIALECTS, EXAMPLES, reply, runReplies } from "@/lib/run/__fixtures__/run-replies";
import { replayTurn } from "@/lib/run/replay";

import { buildAttempt, buildTape, buildTapeTurn } from "./__fixtures__/build-tape";
import type { Exchange } from "./exchange";
import { tapeOfExchanges } from "./of-exchanges";
import { readTape } from "./read-tape";
import { exchangesOf } from "./to-exchanges";
import { writeTape } from "./write-tape";

const encoder = new TextEncoder();
const bodyOf = ({ chunks }: Exchange) => Buffer.concat(chunks.map(({ bytes }) => bytes)).toString("latin1");

const EXCHANGE: Exchange = {
  method: "POST",
  url: "https://api.example.com/v1/chat/completions",
  requestHeaders: [],
  requestBody: JSON.stringify({ model: "m", messages: [{ role: "user", content: "Hi?" }] }),
  startedAt: 1_764_400_000_000,
  status: 200,
  statusText: "OK",
  headers: [["Content-Type", "text/event-stream"]],
  headUs: 1_500,
  chunks: [
    { us: 2_000, bytes: encoder.encode('data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}\n\n') },
    {
      us: 9_000,
      bytes: encoder.encode('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'),
    },
  ],
  timing: "measured",
  end: { us: 9_500, how: "closed" },
};

const turnsOf = (...exchanges: readonly Exchange[]) =>
  tapeOfExchanges(exchanges, "HAR")?.tape.turns.map(({ events, records, prompt, startUs }) => ({
    prompt,
    startUs,
    step: replayTurn(events, records).turn.steps[0],
  })) ?? [];

/** The dates of two exchanges that began then, behind a tape. */
const dates = (startedAt: number | null) => {
  const made = tapeOfExchanges(
    [
      { ...EXCHANGE, startedAt },
      { ...EXCHANGE, startedAt },
    ],
    "HAR",
  );
  const read = made === null ? null : readTape(writeTape(made.tape));
  if (!read?.ok) return expect.unreachable("the tape is read");
  return exchangesOf(read.tape).exchanges.map((exchange) => exchange.startedAt);
};

describe("an exchange of another format", () => {
  it("keeps its date on the way through a tape, and has none where the file had none", () => {
    expect(dates(1_764_400_000_000)).toEqual([1_764_400_000_000, 1_764_400_000_000]);
    expect(dates(null)).toEqual([null, null]);
  });

  it.each(["measured", "missing"] as const)("whose times are %s says so behind a tape", (timing) => {
    const made = tapeOfExchanges([{ ...EXCHANGE, timing }], "HAR");
    if (made === null) return expect.unreachable("there is a tape");
    expect(exchangesOf(made.tape).exchanges.map((exchange) => exchange.timing)).toEqual([timing]);
  });

  it("becomes a turn with its prompt, its model, its text and its times", () => {
    const [turn] = turnsOf(EXCHANGE);
    expect(turn).toMatchObject({
      prompt: "Hi?",
      step: {
        status: { state: "done" },
        request: { dialect: "chat-completions", model: "m", endpoint: "https://api.example.com/v1" },
        firstTokenAt: 2,
        parts: [{ type: "text", text: "Hello" }],
      },
    });
  });

  it.each([
    ["https://h.example/v1/responses", "responses"],
    ["https://h.example/v1/messages", "anthropic"],
    ["https://h.example/v1beta/models/gem:streamGenerateContent?alt=sse", "gemini"],
    ["https://h.example/v1/projects/p/publishers/anthropic/models/claude:streamRawPredict", "anthropic"],
  ])("sent to %s is read as %s", (url, dialect) => {
    const [turn] = turnsOf({ ...EXCHANGE, url });
    expect(turn?.step?.request.dialect).toBe(dialect);
  });

  it("of a format that Vitrine does not know keeps its bytes and says that it cannot be shown", () => {
    const strange = {
      ...EXCHANGE,
      url: "https://h.example/strange",
      chunks: [{ us: 5, bytes: encoder.encode("data: {}\n\n") }],
    };
    const tape = tapeOfExchanges([strange], "HAR")?.tape;
    const [turn] = tape?.turns ?? [];
    if (!tape || !turn) return expect.unreachable("there is a turn");
    expect(replayTurn(turn.events, turn.records).turn.steps[0]?.status).toMatchObject({
      state: "failed",
      error: { code: "NO_DIALECT" },
    });
    expect(exchangesOf(tape).exchanges.map(bodyOf)).toEqual(["data: {}\n\n"]);
  });

  it("that was refused shows the server's own words", () => {
    const refusal = { us: 10, bytes: encoder.encode('{"error":{"message":"No such model."}}') };
    const headers = [["content-type", "application/json"]] as const;
    const [turn] = turnsOf({ ...EXCHANGE, status: 404, headers, chunks: [refusal] });
    expect(turn?.step?.status).toMatchObject({
      state: "failed",
      error: { message: "No such model.", status: 404 },
    });
  });

  it("without times says so, and follows the one before it", () => {
    const untimed: Exchange = { ...EXCHANGE, startedAt: null, timing: "missing" };
    const other = JSON.stringify({ model: "m", messages: [{ role: "user", content: "And?" }] });
    const tape = tapeOfExchanges([untimed, { ...untimed, requestBody: other }], "go-vcr")?.tape;
    expect(tape?.turns.map(({ startUs, parentId }) => [startUs, parentId])).toEqual([
      [0, null],
      [1_009_500, "turn-1"],
    ]);
    expect(tape?.turns[0]?.notes[0]).toContain("has no times");
  });

  it.each(["tools", "messages", "contents", "input", "options"])(
    "is read however deeply its %s is nested, and whatever it is",
    (field) => {
      const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
      for (const value of [
        deep,
        `[{"role":"assistant","content":${deep},"tool_calls":${deep}}]`,
        "1",
        "null",
      ]) {
        const requestBody = `{"model":"m","${field}":${value}}`;
        expect(turnsOf({ ...EXCHANGE, requestBody }, { ...EXCHANGE, requestBody })).toHaveLength(2);
      }
    },
  );

  it("keeps no key of its address", () => {
    const tape = tapeOfExchanges(
      [{ ...EXCHANGE, url: "https://me:sk-1@h.example/v1/messages?key=AIza-2" }],
      "HAR",
    )?.tape;
    if (!tape) return expect.unreachable("there is a tape");
    expect(writeTape(tape)).not.toMatch(/sk-1|AIza-2/u);
  });
});

describe("the exchanges of a tape", () => {
  it("hold the server's bytes alone, and come back from a tape of their own as they were", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...DIALECTS),
        fc.array(reply, { minLength: 1, maxLength: 3 }),
        async ([provider, server], replies) => {
          const { own: events, records } = await runReplies(provider, server, replies);
          const tape = buildTape({ turns: [buildTapeTurn({ events, records })] });
          const { exchanges } = exchangesOf(tape);
          for (const [index, exchange] of exchanges.entries()) {
            const record = records[index];
            const bytes = Buffer.concat(record?.chunks.map((each) => each.bytes) ?? []).toString("latin1");
            const isDamaged = replies.some(({ broken }) => broken !== null);
            if (record?.head === null) {
              if (!isDamaged) expect(bodyOf(exchange)).not.toContain("relay-");
            } else expect(bodyOf(exchange)).toBe(bytes);
          }
          const again = tapeOfExchanges(exchanges, "HAR")?.tape;
          if (again === undefined) return expect(exchanges).toEqual([]);
          const read = readTape(writeTape(again));
          if (!read.ok) return expect.unreachable(read.reason);
          expect(exchangesOf(read.tape).exchanges.map(bodyOf)).toEqual(exchanges.map(bodyOf));
        },
      ),
      {
        numRuns: 100,
        examples: EXAMPLES.flatMap((replies) =>
          DIALECTS.map((one) => [one, [...replies]] as [typeof one, (typeof replies)[number][]]),
        ),
      },
    );
  });

  it("show an answer of the relay as a whole one is shown, and why it broke off", () => {
    const headers = [
      ["content-type", "text/event-stream"],
      ["x-ratelimit-remaining", "7"],
    ];
    const head = { status: 200, contentType: "text/event-stream", connectMs: null, headersMs: 2, headers };
    const error = { source: "network", code: "CUT", message: "It broke.", retryable: true };
    const text = [
      ": vitrine 1\n\n",
      `event: relay-head\ndata: ${JSON.stringify(head)}\n\n`,
      "data: x\n\n",
      `\n\nevent: relay-error\ndata: ${JSON.stringify({ error })}\n\n`,
    ];
    const chunks = text.map((each, at) => ({ at: 3 + at, bytes: encoder.encode(each) }));
    const record = buildAttempt({ head: null, chunks, end: { how: "closed", at: 7 } });
    const { exchanges, notes } = exchangesOf(buildTape({ turns: [buildTapeTurn({ records: [record] })] }));
    expect(exchanges).toMatchObject([
      {
        status: 200,
        headers,
        headUs: 2_000,
        chunks: [{ us: 3_000, bytes: encoder.encode("data: x\n\n") }],
        end: { us: 5_000, how: "broken", message: "It broke." },
      },
    ]);
    expect(notes[0]).toContain("Only requests and answers are kept");
  });

  it("put the images of prompts back where they stood", () => {
    const record = buildAttempt({ request: '{"url":"data:image/png;base64,vitrine-image(image-1,3)"}' });
    const images = [{ id: "image-1", bytes: new Uint8Array([1, 2, 3]) }];
    const { exchanges } = exchangesOf(buildTape({ turns: [buildTapeTurn({ records: [record] })], images }));
    expect(exchanges[0]?.requestBody).toBe('{"url":"data:image/png;base64,AQID"}');
  });
});

it("a speech of every dialect is found for a request of that dialect", () => {
  for (const url of [
    "/v1/chat/completions",
    "/v1/responses",
    "/v1/messages",
    "/v1beta/models/m:generateContent",
  ]) {
    const tape = tapeOfExchanges([{ ...EXCHANGE, url: `https://h.example${url}` }], "HAR")?.tape;
    const speech = tape?.turns[0]?.records[0]?.speech ?? null;
    if (speech === null) return expect.unreachable(`no speech for ${url}`);
    expect(bindDialect(speech).id).toBe(tape?.turns[0]?.setup.dialect);
  }
});
