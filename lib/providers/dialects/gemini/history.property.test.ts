import * as fc from "fast-check";
import { expect, it } from "vitest";

import { call, chunk, finish, textPart, think } from "@/lib/providers/__fixtures__/fold-gemini";
import { geminiInput } from "@/lib/providers/dialects/__fixtures__/gemini-input";
import { type GeminiStep, geminiTurn } from "@/lib/providers/dialects/__fixtures__/gemini-turn";
import { type PastPart, type PastStep, turnOf } from "@/lib/providers/dialects/__fixtures__/history";
import type { PastTurn } from "@/lib/providers/provider";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, objectAt, textAt } from "@/lib/stream/turn/json-read";

import { type GeminiContent, writeContents } from "./contents";

const PLACEHOLDER = "skip_thought_signature_validator";
const words = fc.constantFrom("", " ", "a", "Olá 🙂");
const callIds = fc.constantFrom(null, "", "a", "call_1", "call_2", "functions.f:0", "abcDEF123");
const names = fc.constantFrom("add", "weather", "odd name", "");

const anyPart: fc.Arbitrary<PastPart> = fc.oneof(
  fc.record({ reasoning: words }),
  fc.record({ text: words }),
  fc.record(
    {
      call: names,
      callId: callIds,
      input: fc.constantFrom("", "{}", '{"a":1}', '{"a":', "[]", '{"__proto__":{}}'),
      result: fc.constantFrom("", "0", "5"),
    },
    { requiredKeys: ["call", "callId", "input"] },
  ),
);
const pastStep: fc.Arbitrary<PastStep> = fc.record({
  parts: fc.array(anyPart, { maxLength: 4 }),
  end: fc.constantFrom("end", "stop", "fail", "cut"),
  from: fc.record({
    provider: fc.constantFrom("gemini", "anthropic"),
    dialect: fc.constantFrom("gemini", "chat-completions"),
    model: fc.constantFrom("gemini-3-pro-preview", "m"),
  }),
});
const signature = fc.option(fc.constantFrom("OWN-1", "OWN-2"), { nil: undefined });
const ownPart = fc.oneof(
  fc.tuple(words, signature).map(([text, signed]) => textPart(text, signed)),
  words.map((text) => think(text)),
  fc.tuple(names, callIds, signature).map(([name, id, signed]) => {
    const args = { a: 1 };
    return signed === undefined ? call(name, args, { id }) : call(name, args, { id, signature: signed });
  }),
  fc.constantFrom<JsonObject>(
    { executableCode: { code: "1" }, thoughtSignature: "OWN-3" },
    { codeExecutionResult: { output: "1" } },
  ),
);

function chunksOf(parts: readonly JsonObject[], end: JsonObject | string): GeminiStep["chunks"] {
  return [...parts.map((part) => chunk([part])), end];
}

const ownStep: fc.Arbitrary<GeminiStep> = fc.record({
  chunks: fc
    .tuple(fc.array(ownPart, { maxLength: 4 }), fc.constantFrom(finish("STOP"), ": cut\n\n"))
    .map(([parts, end]) => chunksOf(parts, end)),
  results: fc.array(fc.constantFrom("", "5"), { maxLength: 2 }),
});
const turns = fc.oneof(
  fc.array(pastStep, { maxLength: 3 }).map((steps) => turnOf(...steps)),
  fc.array(ownStep, { maxLength: 3 }).map((steps) => geminiTurn(...steps)),
);
const histories: fc.Arbitrary<readonly PastTurn[]> = fc.array(
  fc.record({ prompt: fc.constantFrom("p", " "), turn: turns }),
  { minLength: 1, maxLength: 4 },
);

function pick(content: GeminiContent | undefined, field: string): readonly JsonObject[] {
  return (content?.parts ?? []).map((part) => objectAt(part, field)).filter((value) => value !== null);
}

function signatures(contents: readonly GeminiContent[]): readonly Json[] {
  return contents.flatMap(({ parts }) => parts.flatMap((part) => part["thoughtSignature"] ?? []));
}

function write(history: readonly PastTurn[], model: string, withIds: boolean): readonly GeminiContent[] {
  const input = geminiInput({ history, lane: { model }, quirks: { callIds: withIds } });
  return writeContents(input, () => undefined);
}

const idAndName = ({ id, name }: JsonObject): readonly unknown[] => [id, name];

it("the writer makes a history that Gemini can read, whatever happened in it and wherever", () => {
  fc.assert(
    fc.property(histories, fc.boolean(), (history, withIds) => {
      const contents = write(history, "gemini-3-pro-preview", withIds);
      const ids = contents.flatMap((content) => pick(content, "functionCall").map(({ id }) => id));
      if (withIds) expect(new Set(ids).size).toBe(ids.length);
      else expect(ids.every((id) => id === undefined)).toBe(true);
      for (const [index, content] of contents.entries()) {
        expect(content.role).toBe(index % 2 === 0 ? "user" : "model");
        expect(content.parts.length).toBeGreaterThan(0);
        for (const part of content.parts) expect(Object.keys(part)).not.toEqual([]);
        const calls = pick(content, "functionCall");
        const next = contents[index + 1];
        expect(next?.parts.slice(0, calls.length).map((part) => "functionResponse" in part) ?? []).toEqual(
          calls.map(() => true),
        );
        expect(content.role === "model" ? pick(next, "functionResponse").map(idAndName) : []).toEqual(
          calls.map(idAndName),
        );
        for (const { name, args } of calls) {
          expect(name).toMatch(/^[A-Za-z_][\w.:-]{0,63}$/);
          expect(isObject(args)).toBe(true);
        }
      }
    }),
  );
});

it("the writer sends no signature but this model's own, and signs the first call of each step of the current turn", () => {
  fc.assert(
    fc.property(histories, (history) => {
      const contents = write(history, "gemini-3-pro-preview", true);
      for (const signed of signatures(contents))
        expect(["OWN-1", "OWN-2", "OWN-3", PLACEHOLDER]).toContain(signed);
      const prompt = contents.findLastIndex(
        ({ role, parts }) => role === "user" && parts.some((part) => "text" in part),
      );
      for (const { role, parts } of contents.slice(prompt + 1)) {
        const first = parts.find((part) => "functionCall" in part);
        if (role === "model" && first !== undefined) expect(textAt(first, "thoughtSignature")).not.toBeNull();
      }
      expect(signatures(write(history, "gemini-2.5-pro", true))).toEqual([]);
    }),
  );
});

const said = (turn: PastTurn["turn"]): string =>
  turn.steps.flatMap(({ parts }) => parts.map((part) => (part.type === "text" ? part.text : ""))).join("");
fc.assert(
  fc.property(fc.array(ownStep, { maxLength: 3 }), (steps) => {
    const turn = geminiTurn(...steps);
    const contents = write([{ prompt: "p", turn }], "gemini-3-pro-preview", true);
    const sent = contents.filter(({ role }) => role === "model").flatMap(({ parts }) => parts);
    const text = sent.map((part) => (part["thought"] === true ? "" : (textAt(part, "text") ?? ""))).join("");
    // A step of nothing but blanks is no answer.
    expect(text.replaceAll(/\s/g, "")).toBe(said(turn).replaceAll(/\s/g, ""));
  }),
);

it("the writer sends back every word of what it answered", () => {});
