/** The recordings in `public/tapes`: whole, small, without traces of the machine that made them, and what their names say. */
import { readdirSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { replayTurn } from "../lib/run/replay";
import { OPEN_FILES } from "../lib/server/guard/open-files";
import { readTape } from "../lib/tape/read-tape";

const FOLDER = path.join(import.meta.dirname, "../public/tapes");
const names = readdirSync(FOLDER).toSorted();
const textOf = (name: string) => readFileSync(path.join(FOLDER, name), "utf8");

/** A recording's tape and the turns that it shows. */
function opened(name: string) {
  const read = readTape(textOf(name));
  if (!read.ok) return expect.unreachable(read.reason);
  const replays = read.tape.turns.map(({ events, records }) => replayTurn(events, records));
  return { ...read, replays, steps: replays.map(({ turn }) => turn.steps) };
}

const statesOf = (name: string) => opened(name).steps.map((steps) => steps.map(({ status }) => status.state));
const partsOf = (name: string) =>
  opened(name).steps.map((steps) => steps.map(({ parts }) => parts.map(({ type }) => type).join(" ")));

describe.each(names)("a recording that ships (%s)", (name) => {
  it("is read without a remark, and nothing of it is missing", () => {
    const { notes, replays, tape } = opened(name);
    expect(notes).toEqual([]);
    expect(replays.flatMap(({ incomplete }) => incomplete)).toEqual([]);
    expect(tape.name).not.toBe("");
  });

  it("is open to a page without a token, and at most 100 kB", () => {
    expect(OPEN_FILES.has(`/tapes/${name}`)).toBe(true);
    expect(textOf(name).length).toBeLessThan(100_000);
  });

  it("holds no path and no name of the machine that made it", () => {
    const text = textOf(name);
    for (const trace of ["/home/", "/tmp/", path.dirname(FOLDER), os.homedir(), os.hostname()])
      expect(text).not.toContain(trace);
  });
});

it("every recording that is open is there", () => {
  const open = [...OPEN_FILES].flatMap((file) => /^\/tapes\/(.+)$/u.exec(file)?.[1] ?? []);
  expect(open).toEqual(names);
});

it("the model thinks, calls a tool and answers with its result", () => {
  expect(partsOf("think-call-answer.tape")).toEqual([
    [expect.stringContaining("tool-call"), expect.stringContaining("text")],
  ]);
  expect(partsOf("think-call-answer.tape")[0]?.[0]).toContain("reasoning");
  expect(statesOf("think-call-answer.tape")).toEqual([["done", "done"]]);
});

it("two calls are made at once, and both are answered", () => {
  expect(partsOf("two-calls.tape")[0]?.[0]).toContain("tool-call tool-call");
  expect(statesOf("two-calls.tape")).toEqual([["done", "done"]]);
});

it("high effort thinks longer than low", () => {
  const { tape, steps } = opened("low-and-high-effort.tape");
  expect(tape.lanes.map(({ setup }) => setup.effort)).toEqual(["low", "high"]);
  const [low = 0, high = 0] = steps.map((lane) =>
    lane
      .flatMap(({ parts }) => parts)
      .reduce((sum, part) => sum + (part.type === "reasoning" ? part.deltas : 0), 0),
  );
  expect(high).toBeGreaterThan(low);
});

it("a thought is ended before it would end by itself", () => {
  const { tape, steps } = opened("end-thinking.tape");
  expect(tape.markers.map(({ text }) => text)).toEqual(["End thinking now"]);
  const whole = opened("low-and-high-effort.tape").steps[1]?.[0]?.parts[0];
  const ended = steps[0]?.[0]?.parts[0];
  expect(ended?.type).toBe("reasoning");
  expect(ended?.deltas ?? 99).toBeLessThan(whole?.deltas ?? 0);
});

it("the answer of a server that was killed is cut, and says so", () => {
  expect(statesOf("server-killed.tape")).toEqual([["truncated"]]);
  expect(opened("server-killed.tape").steps[0]?.[0]?.status).toMatchObject({ error: { source: "network" } });
});

it("the loop of five steps says that a script made it, and only that one does", () => {
  expect(statesOf("five-steps.tape")).toEqual([["done", "done", "done", "done", "done"]]);
  const scripted = names.filter((name) => opened(name).tape.source === "scripted server");
  expect(scripted).toEqual(["five-steps.tape"]);
});
