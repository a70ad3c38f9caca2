import { describe, expect, it } from "vitest";

import { exchangesOf, firstOf, saidIn, textOf } from "@/lib/tape/formats/__fixtures__/found-in";

import { readAimock } from "./read-aimock";

type Fixture = { readonly [key: string]: unknown };

function read(...fixtures: readonly Fixture[]) {
  return readAimock(JSON.stringify({ fixtures }));
}

const match = { userMessage: "weather" };

describe("a fixture with recorded times", () => {
  const recordedTimings = { ttftMs: 50, interChunkDelaysMs: [10, 20, 30], totalDurationMs: 110 };
  const exchange = firstOf(read({ match, response: { content: "Hello world" }, recordedTimings }));

  it("has a piece for each time, and says the same", () => {
    expect([exchange.timing, exchange.chunks.map(({ us }) => us)]).toEqual([
      "measured",
      [50_000, 60_000, 80_000, 110_000],
    ]);
    expect(saidIn(exchange)).toEqual(["text: Hello world"]);
  });

  it("is labeled as made, and asks what the fixture matches", () => {
    expect(exchange.headers).toContainEqual(["x-vitrine-made-from", "aimock fixture"]);
    expect(JSON.parse(exchange.requestBody)).toEqual({
      model: "aimock",
      stream: true,
      messages: [{ role: "user", content: "weather" }],
    });
  });

  it("drops times that cannot be", () => {
    const odd = { ttftMs: -1, interChunkDelaysMs: [10, null, -5, "7", 1e300, 20], totalDurationMs: null };
    const found = read({ match, response: { content: "Hello world" }, recordedTimings: odd });
    const times = firstOf(found).chunks.map(({ us }) => us);
    expect(times[0]).toBe(0);
    expect(times.every((us, index) => us >= (times[index - 1] ?? 0) && us <= 86_400_000_000)).toBe(true);
    expect(found.ok && found.notes).toContain(
      "Fixture 1: times that are not numbers from 0 on are left out.",
    );
  });
});

it("a fixture's thought, text and calls come in their order, blocks in theirs", () => {
  const [parts, blocks] = exchangesOf(
    read(
      {
        match,
        response: {
          reasoning: "Hm.",
          content: "I look.",
          toolCalls: [{ id: "a", name: "f", arguments: { x: 1 } }],
        },
      },
      {
        match,
        response: {
          blocks: [
            { type: "toolCall", name: "f", arguments: '{"x":2}', id: "b" },
            { type: "text", text: "Then." },
          ],
        },
      },
    ),
  ).map(saidIn);
  expect([parts, blocks]).toEqual([
    ["thought: Hm.", "text: I look.", 'call a: f({"x":1})'],
    ['call b: f({"x":2})', "text: Then."],
  ]);
});

it("a fixture that fails gives its error and its status", () => {
  const exchange = firstOf(read({ match, response: { error: { message: "Slow down" }, status: 429 } }));
  expect([exchange.status, textOf(exchange)]).toEqual([429, '{"error":{"message":"Slow down"}}']);
});

it("a streaming profile paces the answer, and nobody calls that measured", () => {
  const found = read({ match, response: { content: "a" }, streamingProfile: { ttft: 100, tps: 10 } });
  expect(firstOf(found).timing).toBe("missing");
  expect(firstOf(found).chunks.map(({ us }) => us)).toEqual([100_000, 200_000, 300_000]);
});

it("a fixture of another API is refused by name, the others are read", () => {
  const found = read({ match, response: { embedding: [0.1] } }, { match, response: { content: "a" } });
  expect(found.ok && found.exchanges.map(({ refusal }) => refusal)).toEqual([
    "Fixture 1 answers with an embedding, which is no answer of a chat.",
    null,
  ]);
});

it.each([
  ["{}", 'This is not a file of aimock: it has no list of "fixtures".'],
  ['{"fixtures": [1]}', "Fixture 1 is not an object."],
  ['{"fixtures": [{}]}', "Fixture 1 has no response."],
  ['{"fixtures": [{"response": {}}]}', "Fixture 1 has a response that Vitrine doesn't know."],
  [
    '{"fixtures": [{"response": {"toolCalls": [{}]}}]}',
    /^Fixture 1 is broken at response\.toolCalls\.0\.name: /,
  ],
])("the file %s is refused with the place", (text, expected) => {
  const found = readAimock(text);
  expect(found.ok ? "read" : found.reason).toEqual(
    typeof expected === "string" ? expected : expect.stringMatching(expected),
  );
});
