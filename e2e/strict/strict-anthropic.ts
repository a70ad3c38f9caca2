import { z } from "zod";

import { firstProblem } from "./first-problem";
import { type Ledger, refusal, type StrictDialect } from "./strict-dialect";
import { writeAnthropic } from "./write-anthropic";

const id = z.string().regex(/^[\w-]+$/, "String should match pattern '^[a-zA-Z0-9_-]+$'");
const text = z.strictObject({ type: z.literal("text"), text: z.string().min(1) });
const block = z.discriminatedUnion("type", [
  text,
  z.strictObject({ type: z.literal("thinking"), thinking: z.string(), signature: z.string() }),
  z.strictObject({
    type: z.literal("tool_use"),
    id,
    name: z.string(),
    input: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({
    type: z.literal("tool_result"),
    tool_use_id: id,
    content: z.union([z.string(), z.array(text)]),
    is_error: z.boolean().optional(),
  }),
]);
const schema = z.strictObject({
  model: z.string(),
  max_tokens: z.int().positive(),
  stream: z.literal(true),
  system: z.union([z.string(), z.array(text)]).optional(),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(["user", "assistant"]),
        content: z.union([z.string().min(1), z.array(block).min(1)]),
      }),
    )
    .min(1),
  tools: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[\w-]{1,128}$/),
        description: z.string().optional(),
        input_schema: z.looseObject({ type: z.literal("object") }),
      }),
    )
    .optional(),
  tool_choice: z
    .strictObject({
      type: z.enum(["auto", "any", "tool", "none"]),
      name: z.string().optional(),
      disable_parallel_tool_use: z.boolean().optional(),
    })
    .optional(),
  thinking: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("enabled"), budget_tokens: z.int().min(1024) }),
      z.strictObject({ type: z.literal("adaptive"), display: z.string().optional() }),
      z.strictObject({ type: z.literal("disabled") }),
    ])
    .optional(),
  output_config: z.strictObject({ effort: z.enum(["low", "medium", "high", "xhigh", "max"]) }).optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().optional(),
  top_k: z.number().optional(),
  stop_sequences: z.array(z.string()).optional(),
});

type Body = z.infer<typeof schema>;
type Block = z.infer<typeof block>;
type Message = { readonly role: "user" | "assistant"; readonly blocks: readonly Block[] };

/** Anthropic's Messages API. */
export const strictAnthropic: StrictDialect = {
  serves: (path) => path === "/anthropic/v1/messages",
  contentType: "text/event-stream; charset=utf-8",
  refuse: (message) => ({ type: "error", error: { type: "invalid_request_error", message } }),
  read: (json, ledger) => {
    const parsed = schema.safeParse(json);
    if (!parsed.success) return refusal(firstProblem(parsed.error));
    const messages = parsed.data.messages.map(({ role, content }): Message => {
      const blocks: readonly Block[] =
        typeof content === "string" ? [{ type: "text", text: content }] : content;
      return { role, blocks };
    });
    const problem = complain(parsed.data, messages, ledger);
    if (problem !== null) return refusal(problem);
    const tools = (parsed.data.tools ?? []).map(({ name }) => name);
    return { kind: "request", tools, results: lastResults(messages) };
  },
  write: writeAnthropic,
};

function complain(body: Body, messages: readonly Message[], ledger: Ledger): string | null {
  const thinks = body.thinking !== undefined && body.thinking.type !== "disabled";
  if (body.thinking?.type === "enabled" && body.thinking.budget_tokens >= body.max_tokens)
    return "`max_tokens` must be greater than `thinking.budget_tokens`";
  if (thinks && (body.temperature ?? 1) !== 1)
    return "`temperature` may only be set to 1 when thinking is enabled";
  if (thinks && (body.tool_choice?.type === "any" || body.tool_choice?.type === "tool"))
    return "Thinking may not be enabled when tool_choice forces tool use";
  for (const [index, message] of messages.entries()) {
    const problem = complainAbout(message, messages[index - 1], messages[index + 1], ledger);
    if (problem !== null) return `messages.${String(index)}: ${problem}`;
  }
  const last = messages.at(-1);
  const before = messages.at(-2);
  const continues = last?.blocks.some(({ type }) => type === "tool_result") === true;
  if (thinks && continues && before?.blocks[0]?.type !== "thinking")
    return "Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block.";
  return null;
}

function complainAbout(
  { role, blocks }: Message,
  before: Message | undefined,
  after: Message | undefined,
  ledger: Ledger,
): string | null {
  if (before === undefined && role !== "user") return "first message must use the user role";
  if (before?.role === role) return "roles must alternate";
  const used = blocks.flatMap((one) => (one.type === "tool_use" ? [one.id] : []));
  if (new Set(used).size !== used.length) return "`tool_use` ids must be unique";
  const given = (after?.blocks ?? []).flatMap((one) => (one.type === "tool_result" ? [one.tool_use_id] : []));
  if (used.some((call) => given.filter((result) => result === call).length !== 1))
    return "`tool_use` ids were found without exactly one `tool_result` block in the next message";
  const asked = new Set((before?.blocks ?? []).flatMap((one) => (one.type === "tool_use" ? [one.id] : [])));
  for (const [index, one] of blocks.entries()) {
    if (role === "user" && one.type !== "text" && one.type !== "tool_result")
      return `user may not send ${one.type}`;
    if (role === "assistant" && one.type === "tool_result") return "assistant may not send tool_result";
    if (one.type === "tool_result" && !asked.has(one.tool_use_id))
      return "unexpected `tool_use_id` found in `tool_result` blocks";
    if (one.type === "tool_result" && blocks[index - 1]?.type === "text")
      return "`tool_result` blocks must come first";
    if (one.type !== "thinking") continue;
    if (!ledger.signatures.has(one.signature)) return "Invalid `signature` in `thinking` block";
    if (index > 0 && blocks[index - 1]?.type !== "thinking") return "`thinking` blocks must come first";
  }
  return null;
}

function lastResults(messages: readonly Message[]): readonly string[] {
  return (messages.at(-1)?.blocks ?? []).flatMap((one) => {
    if (one.type !== "tool_result") return [];
    return [typeof one.content === "string" ? one.content : one.content.map((piece) => piece.text).join("")];
  });
}
