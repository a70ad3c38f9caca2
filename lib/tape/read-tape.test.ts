import { describe, expect, it } from "vitest";

import type { RunLimits } from "@/lib/providers/provider";
import { MOST_CALLS, MOST_STEPS } from "@/lib/stream/turn/bounds";

import { buildAttempt, buildTape, buildTapeTurn } from "./__fixtures__/build-tape";
import { readTape } from "./read-tape";
import { writeTape } from "./write-tape";

const LINES = writeTape(buildTape()).trimEnd().split("\n");
const [HEADER = "", ...BEHIND] = LINES;

/** The tape with these lines at its end. */
const withLines = (...lines: readonly unknown[]) =>
  [...LINES, ...lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)))].join("\n");
const withHeader = (fields: object) =>
  [JSON.stringify({ ...JSON.parse(HEADER), ...fields }), ...BEHIND].join("\n");
const reasonOf = (text: string) => {
  const read = readTape(text);
  return read.ok ? null : read.reason;
};
const lanesOf = (count: number) => {
  const { lanes } = JSON.parse(HEADER);
  return Array.from({ length: count }, (): unknown => lanes[0]);
};

describe("a tape", () => {
  it("whose last line is cut is read up to there, and says so", () => {
    const whole = writeTape(buildTape());
    const read = readTape(whole.slice(0, -8));
    expect(read).toEqual({
      ok: true,
      tape: buildTape({ turns: [buildTapeTurn({ records: [buildAttempt({ end: null })] })] }),
      notes: [`Line ${LINES.length}: the tape ends inside this line, which was left out.`],
    });
  });

  it("with run limits that no field accepts is read with the largest that one does", () => {
    const [lane = expect.unreachable()] = buildTape().lanes;
    const withLimits = (limits: RunLimits) =>
      buildTape({ lanes: [{ ...lane, setup: { ...lane.setup, limits } }] });
    const largest = Number.MAX_SAFE_INTEGER;
    expect(readTape(writeTape(withLimits({ steps: largest, calls: largest })))).toEqual({
      ok: true,
      tape: withLimits({ steps: MOST_STEPS, calls: MOST_CALLS }),
      notes: [],
    });
  });

  it("with a name, a source or labels that fill pages is read with their beginning, and says so", () => {
    const [lane = expect.unreachable()] = buildTape().lanes;
    const long = "🙂".repeat(200_000);
    const cut = `${"🙂".repeat(300)}…`;
    expect(
      readTape(writeTape(buildTape({ name: long, source: long, lanes: [{ ...lane, label: long }] }))),
    ).toEqual({
      ok: true,
      tape: buildTape({ name: cut, source: cut, lanes: [{ ...lane, label: cut }] }),
      notes: [
        "Line 1: its name is longer than 300 characters and was cut.",
        "Line 1: its source is longer than 300 characters and was cut.",
        "Line 1: the label of a lane is longer than 300 characters and was cut.",
      ],
    });
    const longest = buildTape({ name: "🙂".repeat(300) });
    expect(readTape(writeTape(longest))).toEqual({ ok: true, tape: longest, notes: [] });
  });

  it("with lines, events and fields that are not known is read without them, and says so", () => {
    const read = readTape(
      `${withHeader({ weather: "fine" })}\n${[
        [9_000, 0, "smell", {}],
        [9_001, 7, "smell", {}],
        [9_002, 0, "run", { type: "step-dream", depth: 3 }],
      ]
        .map((line) => JSON.stringify(line))
        .join("\n")}\n`,
    );
    const behind = LINES.length;
    expect(read).toEqual({
      ok: true,
      tape: buildTape(),
      notes: [
        'Line 1: the field "weather" is not known and was left out.',
        `2 lines from line ${behind + 1} on: "smell" is a kind of line that is not known. It was left out.`,
        `Line ${behind + 3}: "step-dream" is an event that is not known. It was left out.`,
      ],
    });
  });

  it("keeps an image, a marker and a turn that goes on after another began", () => {
    const late = { at: 900, event: { type: "tool-run-start", stepId: "step", id: "call" } } as const;
    const tape = buildTape({
      turns: [
        buildTapeTurn({ events: [...buildTapeTurn().events, late] }),
        buildTapeTurn({ id: "next", parentId: "turn", startUs: 500_000 }),
      ],
      images: [{ id: "image-1", bytes: new Uint8Array([1, 2, 255]) }],
      markers: [{ us: 600_000, lane: null, text: "here" }],
    });
    expect(readTape(writeTape(tape))).toEqual({ ok: true, tape, notes: [] });
  });

  it("keeps markers that were given in any order, in the order of their times", () => {
    const markers = [5_000, 1_000, 9_000].map((us) => ({ us, lane: null, text: String(us) }));
    const read = readTape(writeTape(buildTape({ markers })));
    expect(read.ok && read.tape.markers.map(({ us }) => us)).toEqual([1_000, 5_000, 9_000]);
  });

  it("keeps the time of an event that was noted late", () => {
    const events = [
      ...buildTapeTurn().events,
      { at: 50, event: { type: "tool-run-start", stepId: "step", id: "call" } } as const,
      { at: 40, event: { type: "tool-run-progress", stepId: "step", id: "call", text: "half" } } as const,
    ];
    const tape = buildTape({ turns: [buildTapeTurn({ events })] });
    const text = writeTape(tape);
    const times = text
      .split("\n")
      .slice(1, -1)
      .map((line): number => JSON.parse(line)[0]);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(readTape(text)).toEqual({ ok: true, tape, notes: [] });
  });
});

describe("a tape is refused, in words, that", () => {
  it.each([
    ["is empty", "", "This file is empty."],
    [
      "is a picture",
      "\u0089PNG\r\n\u001a\n",
      "This file is not a tape: its first line is not a header (it is not JSON).",
    ],
    ["is other JSON", '{"a":1}', "This file is not a tape: its first line does not say that it is one."],
    [
      "has another version",
      withHeader({ version: 2 }),
      "This tape has version 2, and this Vitrine reads version 1. Update Vitrine.",
    ],
    ["has no lane", withHeader({ lanes: [] }), "Line 1: a tape has 1 to 8 lanes, and this one has 0."],
    [
      "has nine lanes",
      withHeader({ lanes: lanesOf(9) }),
      "Line 1: a tape has 1 to 8 lanes, and this one has 9.",
    ],
    [
      "names a lane that it lacks",
      withLines([9e6, 1, "bytes", "x"]),
      "its lane is not one of the header's, which are 0 to 0.",
    ],
    ["has times that fall", withLines([1, 0, "run", {}]), "its time lies before that of the line before it."],
    [
      "has an absurd time",
      withLines([1e18, 0, "run", {}]),
      "its time is not a whole number of microseconds from 0 to ten years.",
    ],
    [
      "has a time of half a microsecond",
      withLines([9e6 + 0.5, 0, "run", {}]),
      "its time is not a whole number of microseconds from 0 to ten years.",
    ],
    [
      "reaches for a prototype",
      withLines('[9000000,0,"run",{"__proto__":{"polluted":1}}]'),
      'it has a key named "__proto__".',
    ],
    [
      "reaches for a constructor",
      withLines('[9000000,0,"smell",{"constructor":{"prototype":{}}}]'),
      'it has a key named "constructor.prototype".',
    ],
    [
      "is nested too deeply",
      withLines(`[9000000,0,"smell",${"[".repeat(500)}${"]".repeat(500)}]`),
      "it is nested deeper than 160 levels.",
    ],
    ["has a line that is not JSON", withLines("hello", [9e6, 0, "run", {}]), "it is not JSON."],
    ["has a line of another form", withLines({ us: 1 }), "it is not of the form [time, lane, kind, data]."],
    [
      "has bytes that are none",
      withLines([9e6, 0, "bytes", { hex: "00" }]),
      "it brings bytes after the end of its attempt.",
    ],
    [
      "sends an attempt twice",
      withLines([9e6, 0, "request", { step: "step", attempt: 1, url: "", body: "", speech: null }]),
      "this attempt was sent before.",
    ],
    [
      "names a dialect that it lacks",
      withLines([9e6, 0, "request", { step: "step", attempt: 2, url: "", body: "", speech: 5 }]),
      "its dialect is not among those of the header.",
    ],
    [
      "has an event without its fields",
      withLines([9e6, 0, "run", { type: "step-start" }]),
      '"event.stepId" cannot be read',
    ],
  ])("%s", (_what, text, reason) => {
    expect(reasonOf(text)).toContain(reason);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it.each([-1, -1e15, 8e15, 1e300])("began at %d, which is no date", (startedAt) => {
    expect(reasonOf(withHeader({ startedAt }))).toBe(
      'Line 1: "startedAt" cannot be read (it is not a date from 1970 to 9999, in ms since 1970).',
    );
  });

  it("has bytes before the first turn of its lane", () => {
    expect(reasonOf(`${HEADER}\n[1,0,"bytes","x"]`)).toBe(
      "Line 2: it stands before the first turn of its lane.",
    );
  });

  it("has too long a line", () => {
    expect(reasonOf(withLines(`[9000000,0,"bytes","${"x".repeat(64_000_001)}"]`))).toContain(
      "it has more than 64 million characters.",
    );
  });
});

describe("a record that is incomplete", () => {
  it.each([
    ["bytes", { droppedBytes: 7 }, { what: "bytes", bytes: 7 }],
    ["the end", { end: null }, { what: "end" }],
  ])("says on the tape that it lacks %s", (_what, fields, data) => {
    const tape = buildTape({ turns: [buildTapeTurn({ records: [buildAttempt(fields)] })] });
    const text = writeTape(tape);
    expect(text).toContain(`[3000,0,"missing",${JSON.stringify(data)}]`);
    expect(readTape(text)).toEqual({ ok: true, tape, notes: [] });
  });

  it("says on the tape that an attempt was not kept at all, or that no events were", () => {
    const lost = writeTape(buildTape({ turns: [buildTapeTurn({ records: [] })] }));
    expect(lost).toContain('[2000,0,"missing",{"what":"attempt","step":"step","attempt":1}]');
    const old = writeTape(buildTape({ turns: [buildTapeTurn({ events: [] })] }));
    expect(old).toContain('"missing",{"what":"events"}]');
  });
});
