/** Whatever a file holds: reading it ends, throws nothing and changes nothing else, and what is read can be used. */
import * as fc from "fast-check";
import { afterEach, beforeAll, expect, it } from "vitest";

import { DIALECTS, EXAMPLES, runReplies } from "@/lib/run/__fixtures__/run-replies";
import { recordKey } from "@/lib/run/record";
import { replayTurn } from "@/lib/run/replay";
import type { Json } from "@/lib/stream/turn/json";
import { isList, isObject } from "@/lib/stream/turn/json-read";

import { buildTape, buildTapeTurn } from "./__fixtures__/build-tape";
import { readTape } from "./read-tape";
import type { Tape } from "./tape";
import { exchangesOf } from "./to-exchanges";
import { writeTape } from "./write-tape";

/** How many tapes are tried: `npm run fuzz` asks for more. */
const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 500);

const HOSTILE: readonly string[] = [
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  `${"[".repeat(3_000)}${"]".repeat(3_000)}`,
  `${'{"a":'.repeat(300)}0${"}".repeat(300)}`,
  "1e999",
  "-1",
  "1e15",
  "0.5",
  "null",
  '"\\ud83d"',
  '"\\u0000"',
  '{"base64":"%%%"}',
  '{"base64":"AAA="}',
  '"turn"',
  '{"id":"turn"}',
  "[]",
  "{}",
  "__proto__",
];

let tapes: readonly string[] = [];

beforeAll(async () => {
  const texts: string[] = [];
  for (const replies of EXAMPLES) {
    const runs = await Promise.all(
      DIALECTS.map(([provider, server]) => runReplies(provider, server, replies)),
    );
    const turns = runs.map(({ own: events, records }, index) =>
      buildTapeTurn({ id: `turn ${index}`, lane: index % 2, startUs: index * 10, events, records }),
    );
    const [lane] = buildTape().lanes;
    if (lane === undefined) expect.unreachable("a tape has a lane");
    const images = [{ id: "image-1", bytes: new Uint8Array([1, 2, 3]) }];
    const markers = [{ us: 20, lane: null, text: "here" }];
    texts.push(writeTape(buildTape({ lanes: [lane, lane], turns, images, markers })));
  }
  tapes = texts;
});

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("polluted");
});

type Mutation =
  /** The file ends here. */
  | { readonly kind: "cut"; readonly at: number }
  /** Bytes of the text: removed, and others put in their place. */
  | { readonly kind: "text"; readonly at: number; readonly removed: number; readonly put: string }
  /** A line: removed, said twice, or moved. */
  | {
      readonly kind: "line";
      readonly at: number;
      readonly to: number;
      readonly what: "drop" | "repeat" | "move";
    }
  /** A value somewhere in a line. */
  | { readonly kind: "value"; readonly at: number; readonly path: readonly number[]; readonly put: string };

/** Evenly spread: a double of fast-check is mostly near 0, where only the header is. */
const share = fc.nat(10_000).map((part) => part / 10_000);
const hostile = fc.constantFrom(...HOSTILE);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant("cut" as const), at: share }),
  fc.record({
    kind: fc.constant("text" as const),
    at: share,
    removed: fc.nat(40),
    put: fc.oneof(fc.string({ maxLength: 8 }), hostile),
  }),
  fc.record({
    kind: fc.constant("line" as const),
    at: share,
    to: share,
    what: fc.constantFrom("drop" as const, "repeat" as const, "move" as const),
  }),
  fc.record({
    kind: fc.constant("value" as const),
    at: share,
    path: fc.array(fc.nat(12), { minLength: 1, maxLength: 6 }),
    put: fc.oneof(fc.json({ maxDepth: 2 }), hostile, fc.integer({ min: 0, max: 60_000 }).map(String)),
  }),
);

function mutated(text: string, change: Mutation): string {
  if (change.kind === "cut") return text.slice(0, Math.ceil(change.at * text.length));
  if (change.kind === "text") {
    const at = Math.floor(change.at * text.length);
    return text.slice(0, at) + change.put + text.slice(at + change.removed);
  }
  const lines = text.split("\n");
  const at = Math.min(lines.length - 1, Math.floor(change.at * lines.length));
  const line = lines[at] ?? "";
  if (change.kind === "value") return lines.with(at, withValue(line, change.path, change.put)).join("\n");
  const others = lines.toSpliced(at, 1);
  if (change.what === "drop") return others.join("\n");
  const to = Math.floor(change.to * others.length);
  return (change.what === "repeat" ? lines : others).toSpliced(to, 0, line).join("\n");
}

/** The line with another value at the end of this path, as text: not every hostile value can be written otherwise. */
function withValue(line: string, path: readonly number[], put: string): string {
  const mark = "\u0001here\u0001";
  try {
    const value: Json = JSON.parse(line);
    return JSON.stringify(placed(value, path, mark)).replace(JSON.stringify(mark), () => put);
  } catch {
    // An earlier mutation left no JSON here.
    return put;
  }
}

function placed(value: Json, [step = 0, ...path]: readonly number[], mark: string): Json {
  const entries = isList(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  const chosen = entries[step % Math.max(1, entries.length)];
  if (chosen === undefined) return mark;
  const [key, child] = chosen;
  const put = path.length === 0 ? mark : placed(child, path, mark);
  if (isList(value)) return value.map((each, index) => (index === key ? put : each));
  return Object.fromEntries(entries.map(([name, each]) => [name, name === key ? put : each]));
}

/** Requests that no step sent are written behind the others, so their order says nothing. */
function inOrder(tape: Tape): Tape {
  const turns = tape.turns.map((turn) =>
    Object.assign({}, turn, {
      records: turn.records.toSorted((one, other) => (recordKey(one) < recordKey(other) ? -1 : 1)),
    }),
  );
  return { ...tape, turns };
}

it("a tape that was changed in any way is refused in words, or read to what can be replayed and written again", () => {
  let refused = 0;
  let read = 0;
  fc.assert(
    fc.property(fc.nat(), fc.array(mutation, { minLength: 1, maxLength: 6 }), (which, changes) => {
      const text = changes.reduce(mutated, tapes[which % tapes.length] ?? "");
      const result = readTape(text);
      if (!result.ok) {
        refused += 1;
        expect(result.reason).toMatch(/^[A-Z][^\n]{5,400}\.$/u);
        return;
      }
      read += 1;
      const { tape } = result;
      for (const { events, records } of tape.turns) replayTurn(events, records);
      exchangesOf(tape);
      const again = readTape(writeTape(tape));
      expect(again.ok ? inOrder(again.tape) : again.reason).toEqual(inOrder(tape));
    }),
    { numRuns: RUNS },
  );
  // Both happen, or one of the two is never tried.
  expect(refused).toBeGreaterThan(RUNS / 50);
  expect(read).toBeGreaterThan(RUNS / 50);
}, 0);

it("a text that is no tape is refused, whatever it is", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.json(),
        fc.array(fc.json()).map((all) => all.join("\n")),
      ),
      (text) => {
        expect(readTape(text).ok).toBe(false);
      },
    ),
    { numRuns: RUNS },
  );
});
