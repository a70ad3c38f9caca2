import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";
import * as z from "zod";

import { findLeaks, findNameLeak, findThoughtLeaks } from "@/lib/stream/turn/find-leaks";

import { recordedIn } from "./__fixtures__/recorded-in";
import { foldExchange } from "./fold-exchange";

const RECORDINGS = path.resolve(import.meta.dirname, "../../shared/recordings");

const recording = (body: string, url = "https://api.example/v1/chat/completions"): string => `---
version: 2
interactions:
- id: 0
  request:
    body: '{"model":"m","stream":true}'
    url: ${url}
  response:
    body: ${JSON.stringify(body)}
    headers:
      Content-Type:
      - text/event-stream
    code: 200
`;

describe("one exchange in one line", () => {
  it("writes the answer as recordings expect it", () => {
    const [exchange] = recordedIn(
      recording('data: {"choices":[{"delta":{"content":"Oi, ok"},"finish_reason":"stop"}]}\n\n'),
    );
    expect(exchange && foldExchange("TestX/simple.yaml", exchange)).toEqual({
      kind: "folded",
      line:
        '{"file": "TestX/simple.yaml", "index": 0, "dialect": "chat", "stream": true, "status": 200, "model_requested": "m", ' +
        '"model_reported": null, "parts": [{"type": "text", "text": "Oi, ok"}], "reasoning": "", "text": "Oi, ok", "tool_calls": [], ' +
        '"finish": {"unified": "stop", "raw": "stop"}, "usage": null, "timings": null, "signature_present": false, ' +
        '"encrypted_reasoning_present": false, "error": null, "warnings": []}',
    });
  });

  it("names a dialect that it does not read yet", () => {
    const [exchange] = recordedIn(recording("", "https://api.example/v1/completions"));
    expect(exchange && foldExchange("x.yaml", exchange)).toEqual({ kind: "unsupported", dialect: "unknown" });
  });

  it("tells the model asked for by the address where the body has none", () => {
    const url = "https://api.example/v1/publishers/anthropic/models/claude-3-7-sonnet@20250219:rawPredict";
    const [exchange] = recordedIn(recording("", url).replace('"model":"m",', ""));
    const folded = exchange && foldExchange("x.yaml", exchange);
    expect(folded?.kind === "folded" && JSON.parse(folded.line)).toMatchObject({
      dialect: "anthropic",
      model_requested: "claude-3-7-sonnet@20250219",
    });
  });

  it("wire:B65 refuses a binary stream politely", () => {
    const [exchange] = recordedIn(
      recording("\u0000\u0001:event-type", "https://api.example/model/m/invoke-with-response-stream").replace(
        "text/event-stream",
        "application/vnd.amazon.eventstream",
      ),
    );
    const folded = exchange && foldExchange("x.yaml", exchange);
    expect(folded?.kind === "folded" && JSON.parse(folded.line)).toMatchObject({
      finish: { unified: "error", raw: null },
      error: { code: "NOT_A_STREAM" },
    });
  });

  it("a file that is not a recording is rejected with what is wrong in it", () => {
    expect(() => recordedIn("a: 1")).toThrow("not a go-vcr recording");
    expect(() => recordedIn(recording("", "/v1/chat/completions"))).toThrow("interactions[0].request.url");
  });
});

/** A row without its warnings, which are remarks for people and not for comparison. */
const rowSchema = z
  .looseObject({
    file: z.string(),
    dialect: z.string(),
    text: z.string(),
    reasoning: z.string(),
    tool_calls: z.array(z.looseObject({ name: z.string() })),
    warnings: z.array(z.string()),
  })
  .transform(({ warnings: _remarks, ...row }) => row);
type Row = z.infer<typeof rowSchema>;

/** Bedrock streams in a binary format that Vitrine does not read. */
const BINARY = /^TestBedrockCommon\/.*_streaming\.yaml$/;

function readExpected(dialect: string): readonly Row[] {
  const lines = readFileSync(path.join(RECORDINGS, "expected.jsonl"), "utf8").trim().split("\n");
  return lines
    .map((line) => rowSchema.parse(JSON.parse(line)))
    .filter((row) => row.dialect === dialect && !BINARY.test(row.file));
}

const warningsSchema = z.looseObject({ warnings: z.array(z.string()) });
const foldedLines = new Map<string, readonly string[]>();

/** One line for each exchange of a file; each file is folded once. */
function foldLines(file: string): readonly string[] {
  const known = foldedLines.get(file);
  if (known !== undefined) return known;
  const lines = recordedIn(readFileSync(path.join(RECORDINGS, file), "utf8")).map((exchange) => {
    const each = foldExchange(file, exchange);
    if (each.kind !== "folded") throw new Error(`${file} #${String(exchange.index)} is ${each.kind}`);
    return each.line;
  });
  foldedLines.set(file, lines);
  return lines;
}

function foldFile(file: string): readonly Row[] {
  return foldLines(file).map((line) => rowSchema.parse(JSON.parse(line)));
}

describe.skipIf(!existsSync(RECORDINGS))(
  "recorded provider traffic (skipped where ../shared/recordings is absent)",
  () => {
    it.each(["chat", "anthropic", "gemini", "responses"])(
      "folds every %s exchange to what is expected of it, warnings apart",
      (dialect) => {
        const expected = readExpected(dialect);
        const files = [...new Set(expected.map((row) => row.file))];
        expect(files.flatMap((file) => foldFile(file))).toEqual(expected);
        expect(files.length).toBeGreaterThan(0);
      },
      // Thousands of exchanges, each read in three ways: a busy machine takes its time.
      180_000,
    );

    it.each(["chat", "anthropic", "gemini", "responses"])(
      "knows every field of the %s recordings",
      (dialect) => {
        const files = [...new Set(readExpected(dialect).map((row) => row.file))];
        const said = files
          .flatMap((file) => foldLines(file))
          .flatMap((line) => warningsSchema.parse(JSON.parse(line)).warnings);
        expect(said).toEqual([]);
        expect(files.length).toBeGreaterThan(0);
      },
    );

    it("finds no markup left in any text, thought or call's name of any dialect", () => {
      const rows = ["chat", "anthropic", "gemini", "responses"].flatMap(readExpected);
      const found = rows.flatMap((row) => [
        ...findLeaks(row.text),
        ...findThoughtLeaks(row.reasoning),
        ...row.tool_calls.flatMap(({ name }) => findNameLeak(name) ?? []),
      ]);
      expect(found).toEqual([]);
      expect(rows.filter(({ text }) => text !== "").length).toBeGreaterThan(100);
      expect(rows.filter(({ reasoning }) => reasoning !== "").length).toBeGreaterThan(20);
      expect(rows.flatMap((row) => row.tool_calls).length).toBeGreaterThan(100);
    });
  },
);
