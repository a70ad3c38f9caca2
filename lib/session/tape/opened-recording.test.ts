import { describe, expect, it } from "vitest";

import { createIds } from "@/lib/session/store/ids";
import { buildTape, buildTapeTurn } from "@/lib/tape/__fixtures__/build-tape";
import type { Tape } from "@/lib/tape/tape";
import { writeTape } from "@/lib/tape/write-tape";

import { openRecording } from "./open-recording";
import { recordingTitle } from "./opened-recording";

const STREAM = 'data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}\n\n';

function opened(name: string, text: string) {
  let unique = 0;
  const read = openRecording(name, new TextEncoder().encode(text), {
    ids: createIds(() => `id-${String((unique += 1))}`),
    now: 1,
  });
  return read.ok ? read.recording : expect.unreachable(read.reason);
}

const ofTape = (fields: Partial<Tape>) => opened("run.tape", writeTape(buildTape(fields)));

describe("the title of a recording", () => {
  it("names its day and what was recorded", () => {
    expect(recordingTitle(ofTape({}))).toMatch(/^Recording of Nov \d+, 2025, m$/u);
    expect(recordingTitle(ofTape({ source: "scripted server" }))).toMatch(/, m, scripted server$/u);
  });

  it("names no day where nobody knows it", () => {
    expect(recordingTitle(opened("run.sse", STREAM))).toBe("Recording: event stream");
    expect(recordingTitle(ofTape({ startedAt: 0 }))).toBe("Recording: m");
    expect(recordingTitle({ ...ofTape({}), startedAt: null, label: "" })).toBe("Recording");
  });

  it("cuts names that are longer than a title", () => {
    const [lane] = buildTape().lanes;
    if (lane === undefined) return expect.unreachable("a tape has a lane");
    const setup = { ...lane.setup, model: "🙂".repeat(50_000) };
    const title = recordingTitle(ofTape({ turns: [buildTapeTurn({ setup })] }));
    expect(title).toMatch(/, (?:🙂){100}…$/u);
  });
});
