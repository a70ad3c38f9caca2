import "fake-indexeddb/auto";
import * as fc from "fast-check";
import { expect, it } from "vitest";

import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import { buildRecord } from "@/lib/session/__fixtures__/build-record";
import { freshName } from "@/lib/session/__fixtures__/test-app";
import { mendBundle } from "@/lib/session/actions/mend-bundle";
import { emptySetup, firstSession } from "@/lib/session/store/first-session";
import { createIds, laneId, sessionId, turnId } from "@/lib/session/store/ids";
import type { Session, TurnRecord } from "@/lib/session/store/session";
import { MOST_PARTS } from "@/lib/stream/turn/bounds";
import type { TimedEvent } from "@/lib/stream/turn/event";
import { emptyTurn } from "@/lib/stream/turn/fold";
import { foldAll } from "@/lib/stream/turn/fold-all";
import type { Turn } from "@/lib/stream/turn/turn";
import { openWire } from "@/lib/stream/wire/wire";

import { openDatabase } from "./database";
import { exportBundle } from "./export-session";
import { importBundle } from "./import-session";

const SETUP = emptySetup({ provider: "openrouter", model: "m" });
const HEAD = {
  status: 200,
  contentType: "text/event-stream",
  requestId: null,
  connectMs: null,
  headersMs: 1,
};
const lane = laneId("lane");

/** The turn that a chat stream of these deltas makes, with this usage at its end. */
function turnOf(deltas: readonly unknown[], finish: string | null, usage: unknown): Turn {
  const provider = findProvider("openrouter");
  if (!provider) throw new Error("OpenRouter is a provider");
  const dialect = bindDialect(speechOf(provider, null));
  const wire = openWire({ reader: dialect.open("on"), head: HEAD });
  const chunks = deltas.map((delta) => ({ choices: [{ index: 0, delta, finish_reason: null }] }));
  const last = { choices: [{ index: 0, delta: {}, finish_reason: finish }], usage };
  const frames = [...chunks, last].map((chunk) => `data: ${textOf(chunk)}\n\n`).join("");
  const request = { provider: "openrouter", dialect: dialect.id, model: "m", endpoint: null };
  const events: readonly TimedEvent[] = [
    { at: 0, event: { type: "step-start", stepId: "step", request } },
    { at: 1, event: { type: "step-send" } },
    ...wire.push(new TextEncoder().encode(`${frames}data: [DONE]\n\n`), 2),
    ...wire.end(3),
  ];
  return foldAll(emptyTurn(), events);
}

/** Deep values cannot be written by `JSON.stringify`, but a server can write them. */
type Deep = { readonly deep: number; readonly kind: "list" | "object" };

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(",")}]`;
  if (isDeep(value)) {
    const [open, close] = value.kind === "list" ? ["[", "]"] : ['{"a":', "}"];
    return `${open.repeat(value.deep)}0${close.repeat(value.deep)}`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${textOf(inner)}`);
  return `{${entries.join(",")}}`;
}

function isDeep(value: unknown): value is Deep {
  return typeof value === "object" && value !== null && "deep" in value && "kind" in value;
}

function recordOf(turn: Turn, session: Session): TurnRecord {
  return buildRecord({ sessionId: session.id, laneId: lane, createdAt: 6, setup: SETUP, turn });
}

/** Saves, loads, exports and imports a turn, and expects it to be the same after each. */
async function expectKept(turn: Turn): Promise<void> {
  const database = openDatabase(freshName());
  const first = firstSession({ id: sessionId("s"), lanes: [lane, laneId("b")], now: 5, found: null });
  const session: Session = {
    ...first,
    lanes: first.lanes.map((each) => Object.assign({}, each, each.id === lane && { leaf: turnId("turn") })),
  };
  const record = recordOf(turn, session);
  await database.write({ sessions: [session], turns: [record] });
  const loaded = await database.load(session.id);
  expect(loaded).toEqual({ session, turns: [record], refused: 0 });

  const { bundle, leftOut } = mendBundle({ session, turns: [record], records: [], images: [] });
  expect(leftOut).toEqual([]);
  let unique = 0;
  const ids = createIds(() => `new-${(unique += 1)}`);
  const imported = importBundle(exportBundle(bundle, 7), ids, 9);
  if (!imported.ok) expect.unreachable(imported.reason);
  const [step] = turn.steps;
  const [copy] = imported.bundle.turns;
  const renamed = copy?.turn.steps.map((each) => Object.assign({}, each, { id: step?.id }));
  expect(renamed).toEqual(turn.steps);
}

const text = fc.oneof(
  fc.string(),
  fc.constantFrom("\uD83D", "\u0000", "<think>", "</think>", "\u2028", "__proto__"),
);
const json = fc.oneof(
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4, noUnicodeString: false }) },
  fc.record({
    deep: fc.constantFrom(1, 50, 100, 127, 128, 129, 200, 5_000),
    kind: fc.constantFrom("list" as const, "object" as const),
  }),
);
const call = fc.record({
  index: fc.integer({ min: 0, max: 3 }),
  id: text,
  type: fc.constant("function"),
  function: fc.record({ name: text, arguments: fc.oneof(text, json.map(textOf)) }),
});
const delta = fc.oneof(
  fc.record({ content: text }),
  fc.record({ reasoning: text }),
  fc.record({ reasoning_details: fc.array(json, { maxLength: 3 }) }),
  fc.record({ tool_calls: fc.array(call, { maxLength: 3 }) }),
  fc.record({ content: fc.array(json, { maxLength: 3 }) }),
  fc.record({ images: fc.array(json, { maxLength: 2 }) }),
  json,
);

const amount = fc.oneof(fc.nat(), fc.double(), fc.constantFrom("0.0012", "x", null));
const usage = fc.option(
  fc.record({ prompt_tokens: amount, cost: amount, cost_in_usd_ticks: amount }, { requiredKeys: [] }),
);

it("whatever a stream makes is the same after it was saved, loaded, exported and imported", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(delta, { maxLength: 12 }),
      fc.constantFrom("stop", "tool_calls", null),
      usage,
      async (deltas, finish, counts) => expectKept(turnOf(deltas, finish, counts)),
    ),
    { numRuns: 300 },
  );
}, 120_000);

/** Pieces of one kind and size, so many times; the larger they are, the fewer. */
const pieces = fc
  .record({
    kind: fc.constantFrom("content", "reasoning", "call"),
    size: fc.constantFrom(0, 1, 100, 10_000, 1_000_000, 4_000_000),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ kind, size, share }) => ({
    kind,
    size,
    times: 1 + Math.round((share * 1.25 * MOST_PARTS) / Math.max(1, size / 100)),
  }));

it("any number of parts of any size is the same after it was saved, loaded, exported and imported", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { minLength: 1, maxLength: 4 }), async (all) => {
      let calls = 0;
      const deltas = all.flatMap(({ kind, size, times }) =>
        Array.from({ length: times }, (_, index) => {
          const piece = "x".repeat(size);
          if (kind !== "call") return { [index % 2 === 0 ? kind : "content"]: piece };
          const id = `call-${(calls += 1)}`;
          return { tool_calls: [{ index: calls, id, function: { name: "f", arguments: piece } }] };
        }),
      );
      await expectKept(turnOf(deltas, "stop", null));
    }),
    { numRuns: 25 },
  );
}, 120_000);

it.each([MOST_PARTS - 1, MOST_PARTS, MOST_PARTS + 1, 3 * MOST_PARTS])(
  "an answer of %i parts is kept as far as it is shown",
  async (parts) => {
    const deltas = Array.from({ length: parts }, (_, index) =>
      index % 2 === 0 ? { reasoning: "a" } : { content: "b" },
    );
    const turn = turnOf(deltas, "stop", null);
    expect(turn.steps[0]?.parts).toHaveLength(Math.min(parts, MOST_PARTS));
    await expectKept(turn);
  },
);

it("an answer of 20 MB is kept", async () => {
  await expectKept(
    turnOf([{ content: "x".repeat(10_000_000) }, { content: "y".repeat(10_000_000) }], "stop", null),
  );
});
