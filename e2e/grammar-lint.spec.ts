import type { JsonObject } from "../lib/stream/turn/json";
import { lintTool } from "../lib/tools/schema/lint/lint-tool";
import { expect, test } from "./fixtures";

// The server builds a grammar for each; on a busy machine that takes many seconds.
test.describe.configure({ timeout: 240_000 });

/** How the real llama.cpp takes a tool with these arguments: the status of its reply. */
async function statusOf(url: string, parameters: JsonObject): Promise<number> {
  const reply = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      messages: [{ role: "user", content: "Hi" }],
      max_tokens: 1,
      tool_choice: "required",
      tools: [{ type: "function", function: { name: "t", description: "d", parameters } }],
    }),
  });
  await reply.body?.cancel();
  return reply.status;
}

function property(x: JsonObject): JsonObject {
  return { type: "object", properties: { x }, required: ["x"], additionalProperties: false };
}

const GOOD: readonly JsonObject[] = [
  property({ type: "string", maxLength: 1_999 }),
  property({ type: "array", items: { type: "string" }, maxItems: 1_997 }),
  property({ type: ["string", "null"], enum: ["a", null] }),
  { ...property({ $ref: "#/$defs/a" }), $defs: { a: { type: "integer", minimum: 2, maximum: 5 } } },
  property({ type: "string", pattern: "^[a-z]{2,3}$" }),
];

test("the real llama.cpp accepts what the lint calls ready", async ({ llama }) => {
  for (const parameters of GOOD) {
    expect(lintTool({ name: "t", parameters }, "llama-grammar").verdict).toBe("ready");
    expect(await statusOf(llama.url, parameters), JSON.stringify(parameters)).toBe(200);
  }
});

const REFUSED: readonly JsonObject[] = [
  property({ type: "string", minLength: 2_001 }),
  property({ type: "array", items: { type: "number" }, minItems: 2_002 }),
  property({ type: "array", items: { type: "string" }, maxItems: 2_000 }),
  property({ type: "float" }),
  property({ type: "string", pattern: "^(a$" }),
  property({ $ref: "#/$defs/gone" }),
];

test("the lint and the real llama.cpp reject the same: too many repetitions, unknown types, broken patterns and references", async ({
  llama,
}) => {
  for (const parameters of REFUSED) {
    expect(lintTool({ name: "t", parameters }, "llama-grammar").verdict).toBe("refused");
    expect(await statusOf(llama.url, parameters), JSON.stringify(parameters)).toBe(400);
  }
});
