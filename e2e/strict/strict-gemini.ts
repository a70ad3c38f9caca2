import { z } from "zod";

import { firstProblem } from "./first-problem";
import { type Ledger, refusal, type StrictDialect } from "./strict-dialect";
import { writeGemini } from "./write-gemini";

const image = z.strictObject({ mimeType: z.string(), data: z.string() });
const pythonImage = z.strictObject({ mime_type: z.string(), data: z.string() });
const part = z.strictObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
  functionCall: z
    .strictObject({
      id: z.string().optional(),
      name: z.string().min(1),
      args: z.record(z.string(), z.unknown()),
    })
    .optional(),
  functionResponse: z
    .strictObject({
      id: z.string().optional(),
      name: z.string().min(1),
      response: z.record(z.string(), z.unknown()),
    })
    .optional(),
  inlineData: z.union([image, pythonImage]).optional(),
});
const content = z.strictObject({ role: z.enum(["user", "model"]).optional(), parts: z.array(part).min(1) });
const schema = z.strictObject({
  contents: z.array(content).min(1),
  systemInstruction: content.optional(),
  tools: z
    .array(
      z.strictObject({
        functionDeclarations: z.array(
          z.strictObject({
            name: z.string().regex(/^[a-zA-Z_][\w.:-]{0,63}$/),
            description: z.string().optional(),
            parameters: z.unknown().optional(),
            parametersJsonSchema: z.unknown().optional(),
            // A name as the protocol has it, which the API takes too and Google's library for Python writes.
            parameters_json_schema: z.unknown().optional(),
          }),
        ),
      }),
    )
    .optional(),
  toolConfig: z
    .strictObject({
      functionCallingConfig: z.strictObject({
        mode: z.enum(["AUTO", "ANY", "NONE"]),
        allowedFunctionNames: z.array(z.string()).optional(),
      }),
    })
    .optional(),
  generationConfig: z
    .strictObject({
      temperature: z.number().optional(),
      topP: z.number().optional(),
      topK: z.number().optional(),
      maxOutputTokens: z.number().optional(),
      seed: z.number().optional(),
      stopSequences: z.array(z.string()).optional(),
      thinkingConfig: z
        .strictObject({
          includeThoughts: z.boolean().optional(),
          thinkingBudget: z.number().optional(),
          thinkingLevel: z.string().optional(),
          include_thoughts: z.boolean().optional(),
          thinking_level: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
});

type Part = z.infer<typeof part>;
type Content = z.infer<typeof content>;

/** Documented to be let through where a call was made by another model. */
const FOREIGN_SIGNATURES: ReadonlySet<string> = new Set([
  "skip_thought_signature_validator",
  "context_engineering_is_the_way_to_go",
]);

/** Gemini 3's generateContent at AI Studio. */
export const strictGemini: StrictDialect = {
  serves: (path) => /^\/gemini\/v1beta\/models\/[^/:]+:streamGenerateContent$/.test(path),
  contentType: "text/event-stream",
  refuse: (message) => ({ error: { code: 400, message, status: "INVALID_ARGUMENT" } }),
  read: (json, ledger) => {
    const parsed = schema.safeParse(json);
    if (!parsed.success) return refusal(`Invalid JSON payload received. ${firstProblem(parsed.error)}`);
    const { contents, generationConfig, tools } = parsed.data;
    const thinking = generationConfig?.thinkingConfig;
    if (thinking?.thinkingBudget !== undefined && thinking.thinkingLevel !== undefined)
      return refusal("You can only set only one of thinking budget and thinking level.");
    const problem = complain(contents, ledger);
    if (problem !== null) return refusal(problem);
    const names = (tools ?? []).flatMap(({ functionDeclarations }) =>
      functionDeclarations.map(({ name }) => name),
    );
    const last = contents.at(-1)?.parts ?? [];
    return { kind: "request", tools: names, results: last.flatMap(resultOf) };
  },
  write: writeGemini,
};

function complain(contents: readonly Content[], ledger: Ledger): string | null {
  const prompt = contents.findLastIndex(
    ({ role, parts }) => role !== "model" && parts.some((one) => one.text !== undefined),
  );
  for (const [index, { role, parts }] of contents.entries()) {
    const before = contents[index - 1];
    if (index === 0 && role === "model") return "Please ensure that the first turn is of the user.";
    if (before !== undefined && (before.role ?? "user") === (role ?? "user"))
      return "Please ensure that roles alternate.";
    if (parts.some((one) => Object.keys(one).length === 0))
      return "contents.parts: required oneof field 'data' must be set";
    const made = parts.flatMap((one) => (one.functionCall === undefined ? [] : [one.functionCall]));
    const given = (contents[index + 1]?.parts ?? []).flatMap((one) =>
      one.functionResponse === undefined ? [] : [one.functionResponse],
    );
    if (made.length !== given.length && made.length > 0)
      return "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.";
    if (made.some(({ name, id }, at) => given[at]?.name !== name || given[at]?.id !== id))
      return "Please ensure that function responses come in the order of their calls, with their names and ids.";
    const problem = signatureProblem(parts, index > prompt, ledger);
    if (problem !== null) return problem;
  }
  return null;
}

function signatureProblem(parts: readonly Part[], isCurrent: boolean, ledger: Ledger): string | null {
  for (const { thoughtSignature } of parts) {
    if (thoughtSignature === undefined || FOREIGN_SIGNATURES.has(thoughtSignature)) continue;
    if (!ledger.signatures.has(thoughtSignature)) return "Corrupted thought signature.";
  }
  const first = parts.find((one) => one.functionCall !== undefined);
  return isCurrent && first !== undefined && first.thoughtSignature === undefined
    ? `Function call ${first.functionCall?.name ?? ""} is missing a thought_signature.`
    : null;
}

function resultOf({ functionResponse }: Part): readonly string[] {
  if (functionResponse === undefined) return [];
  const { response } = functionResponse;
  // Google's API reads any object; its own libraries write one field, the AI SDK the tool's name as well.
  const [value] = "content" in response ? [response["content"]] : Object.values(response);
  return [typeof value === "string" ? value : JSON.stringify(value)];
}
