import { z } from "zod";

import { firstProblem } from "./first-problem";
import { type Ledger, refusal, type StrictDialect } from "./strict-dialect";
import { writeResponses } from "./write-responses";

const callId = z.string().min(1).max(64);
const message = z.strictObject({
  type: z.literal("message").optional(),
  id: z.string().startsWith("msg_").optional(),
  status: z.string().optional(),
  role: z.enum(["user", "assistant", "system", "developer"]),
  content: z.union([
    z.string(),
    z.array(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("input_text"), text: z.string() }),
        z.strictObject({
          type: z.literal("output_text"),
          text: z.string(),
          annotations: z.array(z.unknown()).optional(),
        }),
        z.strictObject({
          type: z.literal("input_image"),
          image_url: z.string(),
          detail: z.string().optional(),
        }),
      ]),
    ),
  ]),
});
const call = z.strictObject({
  type: z.literal("function_call"),
  id: z.string().startsWith("fc_").optional(),
  status: z.string().optional(),
  call_id: callId,
  name: z.string().regex(/^[\w-]{1,64}$/),
  arguments: z.string(),
});
const output = z.strictObject({
  type: z.literal("function_call_output"),
  call_id: callId,
  output: z.string(),
});
const reasoning = z.strictObject({
  type: z.literal("reasoning"),
  id: z.string().startsWith("rs_"),
  summary: z.array(z.strictObject({ type: z.literal("summary_text"), text: z.string() })),
  content: z.array(z.unknown()).optional(),
  encrypted_content: z.string(),
  status: z.string().nullish(),
});
const search = z.strictObject({
  type: z.literal("web_search_call"),
  id: z.string().startsWith("ws_"),
  status: z.string(),
  action: z.looseObject({ type: z.string() }),
});
const item = z.union([message, call, output, reasoning, search]);
const schema = z.strictObject({
  model: z.string(),
  stream: z.literal(true),
  store: z.literal(false),
  instructions: z.string().optional(),
  input: z.array(item).min(1),
  include: z.array(z.string()).optional(),
  reasoning: z.strictObject({ effort: z.string().optional(), summary: z.string().optional() }).optional(),
  tools: z
    .array(
      z.strictObject({
        type: z.literal("function"),
        name: z.string().regex(/^[\w-]{1,64}$/),
        description: z.string().optional(),
        parameters: z.looseObject({ type: z.literal("object") }),
        strict: z.boolean().nullable(),
      }),
    )
    .optional(),
  tool_choice: z
    .union([
      z.enum(["auto", "none", "required"]),
      z.strictObject({ type: z.literal("function"), name: z.string() }),
    ])
    .optional(),
  parallel_tool_calls: z.boolean().optional(),
  max_output_tokens: z.int().min(16).optional(),
  temperature: z.number().optional(),
  top_p: z.number().optional(),
});

type Item = z.infer<typeof item>;

/** OpenAI's Responses API, keeping nothing (`store: false`). */
export const strictResponses: StrictDialect = {
  serves: (path) => path === "/openai/v1/responses",
  contentType: "text/event-stream; charset=utf-8",
  refuse: (text) => ({ error: { message: text, type: "invalid_request_error", param: "input", code: null } }),
  read: (json, ledger) => {
    const parsed = schema.safeParse(json);
    if (!parsed.success) return refusal(firstProblem(parsed.error));
    const { input, tools } = parsed.data;
    const problem = complain(input, ledger);
    if (problem !== null) return refusal(problem);
    const prompt = input.findLastIndex((one) => "role" in one && one.role === "user");
    const results = input
      .slice(prompt)
      .flatMap((one) => (one.type === "function_call_output" ? [one.output] : []));
    return { kind: "request", tools: (tools ?? []).map(({ name }) => name), results };
  },
  write: writeResponses,
};

function complain(input: readonly Item[], ledger: Ledger): string | null {
  const called = new Set<string>();
  const answered = new Set<string>();
  for (const [index, one] of input.entries()) {
    if (one.type === "function_call") {
      if (called.has(one.call_id)) return `Duplicate call_id ${one.call_id}.`;
      called.add(one.call_id);
    } else if (one.type === "function_call_output") {
      if (!called.has(one.call_id))
        return `No tool call found for function call output with call_id ${one.call_id}.`;
      if (answered.has(one.call_id)) return `Two outputs for call_id ${one.call_id}.`;
      answered.add(one.call_id);
    } else if (one.type === "reasoning") {
      const next = input[index + 1];
      if (!ledger.signatures.has(one.encrypted_content))
        return `The encrypted content for item ${one.id} could not be verified.`;
      if (
        next === undefined ||
        next.type === "function_call_output" ||
        ("role" in next && next.role !== "assistant")
      )
        return `Item '${one.id}' of type 'reasoning' was provided without its required following item.`;
    } else if (one.type !== "web_search_call" && Array.isArray(one.content)) {
      const wanted = one.role === "assistant" ? "output_text" : "input_text";
      if (one.content.some(({ type }) => type !== wanted && type !== "input_image"))
        return `input.${String(index)}.content: ${one.role} takes ${wanted}`;
    }
  }
  const open = [...called].filter((id) => !answered.has(id));
  return open.length === 0 ? null : `No tool output found for function call ${open.join(", ")}.`;
}
