import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";

import { bodiesOf, exchangesOf } from "./__fixtures__/found-in";
import { readGoVcr } from "./go-vcr/read-go-vcr";
import { writeGoVcr } from "./go-vcr/write-go-vcr";
import { readHar } from "./har/read-har";
import { writeHar } from "./har/write-har";
import { readForeignFile } from "./read-file";

const RECORDINGS = path.resolve(import.meta.dirname, "../../../../shared/recordings");

const bodySchema = z.union([z.string(), z.instanceof(Uint8Array)]);
const recordingSchema = z.object({
  interactions: z.array(z.object({ response: z.object({ body: bodySchema }) })),
});

/** The bodies of a recording as another reader has them, one character for each byte. */
function bodiesIn(yaml: string): readonly string[] {
  const { interactions } = recordingSchema.parse(parse(yaml, { customTags: ["binary"] }));
  return interactions.map(({ response: { body } }) => {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    return new TextDecoder("latin1").decode(bytes);
  });
}

const BINARY = /^TestBedrockCommon\/.*_streaming\.yaml$/;

/** Paths below the folder; none where it is absent. */
function listRecordings(): readonly string[] {
  if (!existsSync(RECORDINGS)) return [];
  return readdirSync(RECORDINGS, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .toSorted();
}

const files = listRecordings();

describe.skipIf(!existsSync(RECORDINGS))(
  "recorded provider traffic (skipped where ../shared/recordings is absent)",
  () => {
    it("is read from every file, and only the binary streams of Bedrock are refused", () => {
      const refused = files.filter((file) => {
        const bytes = Uint8Array.from(readFileSync(path.join(RECORDINGS, file)));
        const read = readForeignFile(file, bytes);
        expect([file, read.ok, read.format]).toEqual([file, true, "go-vcr"]);
        const refusals = read.ok ? read.exchanges.flatMap(({ refusal }) => refusal ?? []) : [];
        for (const refusal of refusals) expect(refusal).toContain("a binary event stream of Amazon Bedrock");
        return refusals.length > 0;
      });
      expect(refused).toEqual(files.filter((file) => BINARY.test(file)));
      expect(files.length).toBeGreaterThan(100);
      expect(refused.length).toBeGreaterThan(0);
    }, 120_000);

    it("keeps the bytes of its bodies in HAR and in go-vcr", () => {
      for (const file of files) {
        const yaml = readFileSync(path.join(RECORDINGS, file), "utf8");
        const exchanges = exchangesOf(readGoVcr(yaml));
        const bodies = bodiesOf(exchanges);
        const requests = exchanges.map(({ requestBody }) => requestBody);
        expect(bodies).toEqual(bodiesIn(yaml));
        for (const again of [
          exchangesOf(readHar(writeHar(exchanges, "0.2.0").content)),
          exchangesOf(readGoVcr(writeGoVcr(exchanges).content)),
        ]) {
          expect(bodiesOf(again)).toEqual(bodies);
          expect(again.map(({ requestBody }) => requestBody)).toEqual(requests);
        }
      }
    }, 240_000);
  },
);
