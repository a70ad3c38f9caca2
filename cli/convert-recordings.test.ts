/** Recorded provider traffic as tapes: what is shown and every byte of it are the same. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { replayTurn } from "@/lib/run/replay";
import { bodyOf } from "@/lib/tape/formats/body-bytes";
import { readForeignFile } from "@/lib/tape/formats/read-file";

import { convertCommand } from "./convert-command";
import { describeStep } from "./describe-step";
import { foldExchange } from "./fold-exchange";
import { readRecording } from "./recording";
import { openRecording } from "./recording-file";

const RECORDINGS = path.resolve(import.meta.dirname, "../../shared/recordings");
const files = existsSync(RECORDINGS)
  ? readdirSync(RECORDINGS, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml"))
  : [];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "vitrine-recordings-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const silent = { out: () => undefined, err: () => undefined, isColored: false };
const bytesIn = (file: string) => Uint8Array.from(readFileSync(file));

function bodiesIn(file: string): readonly string[] {
  const read = readForeignFile(file, bytesIn(file));
  if (!read.ok) return expect.unreachable(read.reason);
  return read.exchanges.map(({ exchange }) => new TextDecoder("latin1").decode(bodyOf(exchange)));
}

describe.skipIf(files.length === 0)(
  "recorded provider traffic (skipped where ../shared/recordings is absent)",
  () => {
    it("keeps the bytes of its bodies through a tape, in go-vcr and in HAR", () => {
      const tape = path.join(folder, "one.tape");
      for (const [index, name] of files.entries()) {
        const file = path.join(RECORDINGS, name);
        const back = path.join(folder, index % 2 === 0 ? "back.yaml" : "back.har");
        expect([name, convertCommand([file, tape], silent), convertCommand([tape, back], silent)]).toEqual([
          name,
          0,
          0,
        ]);
        expect([name, bodiesIn(back)]).toEqual([name, bodiesIn(file)]);
      }
      expect(files.length).toBeGreaterThan(100);
    }, 240_000);

    it("shows on a tape what fold makes of it", () => {
      let compared = 0;
      for (const name of files) {
        const file = path.join(RECORDINGS, name);
        const opened = openRecording(file);
        const recording = readRecording(file, bytesIn(file));
        if (!opened.ok || !recording.ok) return expect.unreachable(name);
        const steps = new Map(
          opened.tape.turns
            .flatMap(({ events, records }) => replayTurn(events, records).turn.steps)
            .map((step) => [step.id, step]),
        );
        for (const [index, exchange] of recording.exchanges.entries()) {
          const folded = foldExchange(name, exchange);
          const step = steps.get(`exchange-${index + 1}`);
          if (folded.kind !== "folded") continue;
          if (step === undefined) return expect.unreachable(`${name} has a step`);
          expect([name, JSON.parse(JSON.stringify(describeStep(step)))]).toEqual([
            name,
            Object.fromEntries(
              Object.entries(describeStep(step)).map(([key]) => [key, JSON.parse(folded.line)[key]]),
            ),
          ]);
          compared += 1;
        }
      }
      expect(compared).toBeGreaterThan(200);
    }, 240_000);
  },
);
