import { expect, it } from "vitest";

import type { DialectId } from "@/lib/providers/dialect-id";
import { setup, turnOf } from "@/lib/providers/dialects/__fixtures__/history";
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import { findProvider } from "@/lib/providers/registry";
import { buildCall } from "@/lib/stream/turn/__fixtures__/build-step";
import { parseArguments } from "@/lib/stream/turn/parse-arguments";

import { sentArguments, sentInput } from "./past-calls";

/** The body of the request that follows a call of this name. */
function bodyAfter(name: string, dialect: DialectId, providerId: string): string {
  const provider = findProvider(providerId);
  const speech = provider?.speaks.find((spoken) => spoken.dialect === dialect);
  if (provider === null || speech === undefined) throw new Error(`${providerId} does not speak ${dialect}`);
  const turn = turnOf({ parts: [{ call: name, callId: "a", input: "{}", result: "1" }] });
  const { body } = bindDialect(speech).write({
    provider,
    setup: setup({ provider: providerId, dialect }),
    tools: [],
    history: [{ prompt: "hi", turn }],
  });
  return JSON.stringify(body);
}

const DIALECTS = [
  ["chat-completions", "llamacpp"],
  ["responses", "openai"],
  ["anthropic", "anthropic"],
  ["gemini", "gemini"],
] as const;

it.each(DIALECTS)(
  "the writer sends a call back without the white space around its name: %s",
  (dialect, provider) => {
    const body = bodyAfter("weather\n", dialect, provider);
    expect(body).toContain('"name":"weather"');
    expect(body).not.toContain("weather\\n");
  },
);

it.each(DIALECTS)("the writer never sends a call back with an empty name: %s", (dialect, provider) => {
  expect(bodyAfter("", dialect, provider)).not.toContain('"name":""');
});

function callWith(input: string) {
  return buildCall({
    name: "get_order",
    input,
    status: { state: "awaiting-result", args: parseArguments(input) },
  });
}

it("the writer sends arguments back as the text that came, to the digit", () => {
  const input = '{"order_id": 7960607143101464577, "limit": 1e400, "price": 1.50}';
  expect(sentArguments(callWith(input))).toBe(input);
});

it("the writer reports which numbers go back as others where an API accepts no text", () => {
  const notes: string[] = [];
  const input = '{"order_id": 7960607143101464577, "limit": 1e400, "price": 1.50}';
  expect(sentInput(callWith(input), (note) => notes.push(note))).toEqual({
    order_id: 7_960_607_143_101_465_000,
    limit: Number.POSITIVE_INFINITY,
    price: 1.5,
  });
  expect(notes).toEqual([
    "The number 7960607143101464577 in a call to get_order is sent back as 7960607143101465000.",
    "The number 1e400 in a call to get_order is sent back as null.",
  ]);
});
