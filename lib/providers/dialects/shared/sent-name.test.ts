import { expect, it } from "vitest";

import { setup, turnOf } from "@/lib/providers/dialects/__fixtures__/history";
import { bindDialect } from "@/lib/providers/dialects/bind-dialect";
import type { DialectId } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";

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

it.each(DIALECTS)("sends a call back without the white space around its name: %s", (dialect, provider) => {
  const body = bodyAfter("weather\n", dialect, provider);
  expect(body).toContain('"name":"weather"');
  expect(body).not.toContain("weather\\n");
});

it.each(DIALECTS)("never sends a call back with an empty name: %s", (dialect, provider) => {
  expect(bodyAfter("", dialect, provider)).not.toContain('"name":""');
});
