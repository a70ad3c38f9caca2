/** Counters of tokens that refuse what the real ones refuse, and count the characters of what they are asked. */
import { z } from "zod";

import { firstProblem } from "./first-problem";

type Counter = {
  readonly serves: (path: string) => boolean;
  readonly schema: z.ZodType;
  readonly answer: (tokens: number) => object;
};

const list = z.array(z.looseObject({}));

const COUNTERS: readonly Counter[] = [
  {
    serves: (path) => path === "/anthropic/v1/messages/count_tokens",
    schema: z.strictObject({
      model: z.string(),
      messages: list.min(1),
      system: z.union([z.string(), list]).optional(),
      tools: list.optional(),
      tool_choice: z.looseObject({}).optional(),
      thinking: z.looseObject({}).optional(),
    }),
    answer: (tokens) => ({ input_tokens: tokens }),
  },
  {
    serves: (path) => path.endsWith("/responses/input_tokens"),
    schema: z.strictObject({
      model: z.string(),
      input: z.union([z.string(), list]),
      instructions: z.string().optional(),
      tools: list.optional(),
      tool_choice: z.unknown().optional(),
      parallel_tool_calls: z.boolean().optional(),
      reasoning: z.looseObject({}).optional(),
      text: z.looseObject({}).optional(),
    }),
    answer: (tokens) => ({ object: "response.input_tokens", input_tokens: tokens }),
  },
  {
    serves: (path) => /\/models\/[^/:]+:countTokens$/u.test(path),
    schema: z.strictObject({
      generateContentRequest: z.strictObject({
        model: z.string().regex(/^models\//u),
        contents: list.min(1),
        tools: list.optional(),
        toolConfig: z.looseObject({}).optional(),
        systemInstruction: z.looseObject({}).optional(),
      }),
    }),
    answer: (tokens) => ({ totalTokens: tokens }),
  },
];

/** A counter's answer, or why it refuses; null where the path is no counter's. */
export function countStrictly(
  path: string,
  body: unknown,
): { readonly status: number; readonly json: object } | null {
  const counter = COUNTERS.find(({ serves }) => serves(path));
  if (counter === undefined) return null;
  const parsed = counter.schema.safeParse(body);
  if (!parsed.success) return { status: 400, json: { error: { message: firstProblem(parsed.error) } } };
  return { status: 200, json: counter.answer(JSON.stringify(body).length) };
}
