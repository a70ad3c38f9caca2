import { z } from "zod";

import { firstProblem } from "./first-problem";
import { refusal, type StrictDialect } from "./strict-dialect";
import { writeChat } from "./write-chat";

const call = z.strictObject({
  id: z.string().min(1),
  type: z.literal("function"),
  function: z.strictObject({ name: z.string().min(1), arguments: z.string() }),
});
const message = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("system"), content: z.string() }),
  z.strictObject({ role: z.literal("user"), content: z.union([z.string(), z.array(z.unknown())]) }),
  z.strictObject({
    role: z.literal("assistant"),
    content: z.string().nullish(),
    reasoning_content: z.string().optional(),
    tool_calls: z.array(call).min(1).optional(),
  }),
  z.strictObject({ role: z.literal("tool"), tool_call_id: z.string(), content: z.string() }),
]);
/** llama.cpp passes on what it does not know, so only the messages and tools are held to a shape. */
const schema = z.looseObject({
  model: z.string(),
  stream: z.literal(true),
  messages: z.array(message).min(1),
  tools: z
    .array(z.looseObject({ type: z.literal("function"), function: z.looseObject({ name: z.string() }) }))
    .optional(),
});

type Message = z.infer<typeof message>;

/** llama.cpp's chat completions: history is rendered by a template that wants whole calls and one result each. */
export const strictChat: StrictDialect = {
  serves: (path) => path === "/llama/v1/chat/completions",
  contentType: "text/event-stream",
  refuse: (text) => ({ error: { code: 400, message: text, type: "invalid_request_error" } }),
  read: (json) => {
    const parsed = schema.safeParse(json);
    if (!parsed.success) return refusal(firstProblem(parsed.error));
    const { messages, tools } = parsed.data;
    const problem = complain(messages);
    if (problem !== null) return refusal(problem);
    const prompt = messages.findLastIndex(({ role }) => role === "user");
    const results = messages.slice(prompt).flatMap((one) => (one.role === "tool" ? [one.content] : []));
    return { kind: "request", tools: (tools ?? []).map((tool) => tool.function.name), results };
  },
  write: writeChat,
};

function complain(messages: readonly Message[]): string | null {
  const ids = new Set<string>();
  for (const [index, one] of messages.entries()) {
    const before = messages[index - 1];
    if (one.role === "user" && before?.role === "user")
      return "After the optional system message, roles must alternate";
    if (one.role !== "assistant") continue;
    const calls = one.tool_calls ?? [];
    const answers = messages.slice(index + 1, index + 1 + calls.length);
    for (const [at, { id, function: called }] of calls.entries()) {
      if (ids.has(id)) return `The id ${id} is used twice`;
      ids.add(id);
      const answer = answers[at];
      if (answer?.role !== "tool" || answer.tool_call_id !== id)
        return `The call ${id} has no tool message in its place`;
      if (!isObject(called.arguments)) return "Failed to parse tool call arguments as JSON";
    }
  }
  return null;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
