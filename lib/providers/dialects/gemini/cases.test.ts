/** Cases from the field, in Gemini's dialect. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  call,
  chunk,
  finish,
  foldGemini,
  geminiSse,
  textPart,
} from "@/lib/providers/__fixtures__/fold-gemini";
import { brief, briefParts, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import { readCase } from "@/lib/providers/__fixtures__/read-case";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject } from "@/lib/stream/turn/json-read";

import { openPartialArgs } from "./calls";

const end = finish("STOP");

/** One value of a call that goes on. */
function piece(jsonPath: string, more: JsonObject = { willContinue: true }): JsonObject {
  return chunk([{ functionCall: { partialArgs: [{ jsonPath, numberValue: 1 }], ...more } }]);
}

function counted(index: number, text: string): JsonObject {
  return { candidates: [{ content: { parts: [textPart(text)] }, index }] };
}

function both(text: string): JsonObject {
  return {
    candidates: [
      { content: { parts: [textPart(text)] }, index: 0 },
      { content: { parts: [textPart("no")] }, index: 1 },
    ],
  };
}

describe("arguments that come value by value", () => {
  it("make two whole calls, as they stream", () => {
    const stream = readCase("arguments-in-parts.gemini.sse");
    const step = foldGemini(stream);
    expect([briefParts(step), step.warnings]).toEqual([
      [
        ["call", null, "weather", '{"location":"Bolzano","days":3}', "awaiting-result"],
        ["call", null, "weather", '{"location":"Trento"}', "awaiting-result"],
      ],
      [],
    ]);
    const firstThree = stream.split("\n\n").slice(0, 3).join("\n\n");
    expect(briefParts(foldGemini(`${firstThree}\n\n`))).toEqual([
      ["call", null, "weather", '{"location":"Bolzano"', "unfinished"],
    ]);
  });

  it("give back any arguments that are told leaf by leaf", () => {
    const key = fc.stringMatching(/^[a-z _'"\\]{1,4}$/);
    const leaf = fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.boolean(), fc.constant(null));
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.array(tie("value"), { minLength: 1, maxLength: 3 }),
        fc.dictionary(key, tie("value"), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true }),
        fc.nat(3),
        (args, cut) => {
          const partial = openPartialArgs();
          const text = leavesOf(args, "$")
            .flatMap((each) => cutString(each, cut))
            .map((each) => partial.add(each))
            .join("");
          expect(JSON.parse(text + partial.end())).toEqual(args);
        },
      ),
    );
  });

  it("never run where a value has no place behind those before it", () => {
    const step = foldGemini(
      geminiSse(
        chunk([{ functionCall: { name: "f", willContinue: true } }]),
        piece("$.a.x"),
        piece("$.b"),
        piece("$.a.y", {}),
        end,
      ),
    );
    expect([briefParts(step), step.warnings]).toEqual([
      [["call", null, "f", '{"a":{"x":1},"b":1', "unfinished"]],
      [
        {
          code: "arguments-out-of-place",
          message: 'A value in a call\'s arguments has no valid path: {"jsonPath":"$.a.y","numberValue":1}',
        },
      ],
    ]);
  });
});

/** One item for each value that holds no other. */
function leavesOf(value: Json, path: string): readonly JsonObject[] {
  if (Array.isArray(value))
    return value.flatMap((item: Json, index) => leavesOf(item, `${path}[${String(index)}]`));
  if (isObject(value))
    return Object.entries(value).flatMap(([key, item]) =>
      leavesOf(item, `${path}['${key.replaceAll(/['\\]/g, String.raw`\$&`)}']`),
    );
  if (typeof value === "string") return [{ jsonPath: path, stringValue: value }];
  if (typeof value === "number") return [{ jsonPath: path, numberValue: value }];
  return [{ jsonPath: path, ...(value === null ? { nullValue: "NULL_VALUE" } : { boolValue: value }) }];
}

/** A string in two pieces. */
function cutString(item: JsonObject, at: number): readonly JsonObject[] {
  const text = item["stringValue"];
  if (typeof text !== "string" || at === 0) return [item];
  return [
    { ...item, stringValue: text.slice(0, at), willContinue: true },
    { ...item, stringValue: text.slice(at) },
  ];
}

describe("answers told in other ways", () => {
  it("reads one part, one content in a list, and text alone", () => {
    const contents: readonly Json[] = [
      { parts: textPart("Hi") },
      [{ parts: [textPart("Hi")] }],
      { parts: "Hi" },
      "Hi",
    ];
    for (const content of contents)
      expect(briefParts(foldGemini(geminiSse({ candidates: [{ content }] }, end)))).toEqual([["text", "Hi"]]);
  });

  it("reads the words of a part that holds a call as well", () => {
    const part = { ...textPart("Let me look."), ...call("f", { a: 1 }) };
    expect(briefParts(foldGemini(geminiSse(chunk([part]), end)))).toEqual([
      ["text", "Let me look."],
      ["call", null, "f", '{"a":1}', "awaiting-result"],
    ]);
  });

  it("reads an answer whose candidate's index counts up", () => {
    const last = { candidates: [{ finishReason: "STOP", index: 3 }] };
    const step = foldGemini(geminiSse(counted(0, "a"), counted(1, "b"), counted(2, "c"), last));
    expect(briefParts(step)).toEqual([["text", "abc"]]);
  });

  it("shows one of two candidates that come in turn, each in chunks of its own", () => {
    const ends = [0, 1].map((index) => ({ candidates: [{ finishReason: "STOP", index }] }));
    const step = foldGemini(
      geminiSse(counted(0, "a"), counted(1, "x"), counted(0, "b"), counted(1, "y"), ...ends),
    );
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "ab"]], ["more-choices"]]);
  });

  it("shows the first candidate where there are several", () => {
    const second = { candidates: [{ content: { parts: [textPart("no")] }, index: 1 }] };
    const step = foldGemini(geminiSse(both("a"), second, both("b"), end));
    expect([briefParts(step), warningCodes(step)]).toEqual([[["text", "ab"]], ["more-choices"]]);
  });
});

/** A chunk with this call, written as it stands. */
function chunkOf(written: string): string {
  return `data: {"candidates":[{"content":{"parts":[{"functionCall":${written}}]}}]}\n\n`;
}

it("the reader keeps the numbers of arguments as they were written", () => {
  const whole = '{"name":"f","args":{"id":12345678901234567890,"price":1.50,"far":1e400}}';
  const part = '{"partialArgs":[{"jsonPath":"$.id","numberValue":12345678901234567890}]}';
  const stream = `${chunkOf(whole)}${chunkOf('{"name":"g","willContinue":true}')}${chunkOf(part)}`;
  expect(briefParts(foldGemini(`${stream}${geminiSse(end)}`)).map(([, , , input]) => input)).toEqual([
    '{"far":1e400,"id":12345678901234567890,"price":1.50}',
    '{"id":12345678901234567890}',
  ]);
});

describe("how an answer ends, in plain words", () => {
  it("says that the server stopped in the middle and what to do", () => {
    const step = foldGemini(geminiSse(chunk([textPart("a")]), finish("CONTINUATION")));
    expect([brief(step).finish, step.warnings.map(({ message }) => message)]).toEqual([
      { unified: "length", raw: "CONTINUATION" },
      ["The server stopped in the middle of the answer (CONTINUATION). Send a prompt to continue."],
    ]);
  });

  it("says that the provider could not read what the model wrote", () => {
    const { status } = foldGemini(geminiSse(chunk([textPart("a")]), finish("MALFORMED_RESPONSE")));
    expect(status).toMatchObject({
      state: "failed",
      error: {
        message: "The model wrote an answer that the provider could not read (MALFORMED_RESPONSE). Retry.",
      },
    });
  });

  it.each(["ESCALATION", "MODEL_ARMOR"])("takes %s for a filter", (reason) => {
    expect(brief(foldGemini(geminiSse(chunk([textPart("a")]), finish(reason)))).finish).toEqual({
      unified: "content-filter",
      raw: reason,
    });
  });
});
