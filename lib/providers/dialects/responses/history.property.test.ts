import * as fc from "fast-check";
import { expect, it } from "vitest";

import { responsesHistories } from "@/lib/providers/dialects/__fixtures__/responses-histories";
import { responsesInput } from "@/lib/providers/dialects/__fixtures__/responses-input";
import type { JsonObject } from "@/lib/stream/turn/json";

import { writeResponsesInput } from "./input";

const lanes = fc.constantFrom(
  { provider: "openai", model: "gpt-5" },
  { provider: "openai", model: "gpt-4o" },
  { provider: "llamacpp", model: "m" },
);

function itemTypeOf(item: JsonObject | undefined): unknown {
  return item?.["role"] === "assistant" ? "answer" : (item?.["type"] ?? item?.["role"]);
}

function promptsOf(item: JsonObject): readonly unknown[] {
  return itemTypeOf(item) === "user" && Array.isArray(item["content"]) ? item["content"] : [];
}

it("the writer makes a history that every provider can read, whatever happened in it and wherever", () => {
  fc.assert(
    fc.property(responsesHistories, lanes, (history, lane) => {
      const items = writeResponsesInput(responsesInput({ lane, history }), () => undefined);
      const ids = (type: string) =>
        items
          .filter((item) => item["type"] === type)
          .map((item) => ("call_id" in item ? item["call_id"] : null));
      expect(new Set(ids("function_call")).size).toBe(ids("function_call").length);
      expect(ids("function_call_output")).toEqual(ids("function_call"));
      expect(items.flatMap(promptsOf)).toHaveLength(history.length);
      for (const [index, item] of items.entries()) checkItem(item, items[index + 1]);
    }),
  );
});

function checkItem(item: JsonObject, next: JsonObject | undefined): void {
  const kind = itemTypeOf(item);
  const after = itemTypeOf(next);
  if (kind === "user") expect(after).not.toBe("user");
  // What reasoning led to follows it, and both carry their ids or neither does.
  if (kind === "reasoning")
    expect(["reasoning", "answer", "function_call", "web_search_call"]).toContain(after);
  if (kind === "reasoning" && item["encrypted_content"] !== undefined)
    expect(next?.["id"]).toEqual(expect.any(String));
  if (kind === "function_call") {
    expect("call_id" in item ? item["call_id"] : null).toEqual(expect.stringMatching(/./));
    expect(item["arguments"]).toEqual(expect.stringMatching(/^\{.*\}$/s));
  }
}
