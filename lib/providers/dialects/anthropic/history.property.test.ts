import * as fc from "fast-check";
import { expect, it } from "vitest";

import { anthropicInput } from "@/lib/providers/dialects/__fixtures__/anthropic-input";
import { histories } from "@/lib/providers/dialects/__fixtures__/histories";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, listAt } from "@/lib/stream/turn/json-read";

import { writeAnthropic } from "./writer";

const lanes = fc.record({
  provider: fc.constantFrom("anthropic", "llamacpp"),
  model: fc.constantFrom("m", "claude-sonnet-4-5", "claude-opus-4-7"),
  thinkingTokens: fc.option(fc.constant(4000)),
});

function objectsIn(list: readonly Json[] | null): readonly JsonObject[] {
  return (list ?? []).filter((item) => isObject(item));
}

function blocksOf(message: JsonObject | undefined, type: string): readonly JsonObject[] {
  return objectsIn(listAt(message ?? {}, "content")).filter((block) => block["type"] === type);
}

it("the writer makes a history that the API can read, whatever happened in it and wherever", () => {
  fc.assert(
    fc.property(histories, lanes, (history, lane) => {
      const { body } = writeAnthropic(anthropicInput({ history, lane }));
      const messages = objectsIn(listAt(body, "messages"));
      const ids = messages.flatMap((message) => blocksOf(message, "tool_use").map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      for (const [index, message] of messages.entries()) {
        expect(message["role"]).toBe(index % 2 === 0 ? "user" : "assistant");
        const content = objectsIn(listAt(message, "content"));
        expect(content.length).toBeGreaterThan(0);
        for (const { text } of blocksOf(message, "text")) expect(text).toMatch(/\S/);
        const calls = blocksOf(message, "tool_use");
        for (const { id, name, input } of calls)
          expect([id, name, input]).toEqual([
            expect.stringMatching(/^[\w-]+$/),
            expect.stringMatching(/^[\w-]{1,128}$/),
            expect.any(Object),
          ]);
        const next = objectsIn(listAt(messages[index + 1] ?? {}, "content"));
        expect(next.slice(0, calls.length).map((block) => block["tool_use_id"])).toEqual(
          calls.map(({ id }) => id),
        );
        expect(blocksOf(messages[index + 1], "tool_result")).toHaveLength(calls.length);
        expect(["thinking", "redacted_thinking"]).not.toContain(content.at(-1)?.["type"]);
        for (const thought of blocksOf(message, "thinking"))
          expect(lane.provider === "llamacpp" || "signature" in thought).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});
