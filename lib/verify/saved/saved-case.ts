/** The saved shape of cases: a line of JSON each. What a line leaves out has its usual value. */
import * as z from "zod/mini";

import { jsonObjectSchema, jsonSchema } from "@/lib/contract/json-schema";
import { idSchema } from "@/lib/run/saved/saved-setup";
import { parseJson } from "@/lib/stream/turn/json-read";
import type { ToolChoice } from "@/lib/tools/tool";
import {
  type ArgumentRule,
  CASE_GROUPS,
  type CaseAnswers,
  type CasePrompt,
  type CaseTool,
  type Exercise,
  type Expectation,
  type ExpectedCall,
  type VerifyCase,
} from "@/lib/verify/case";

const MOST_CASES = 1_000;
const MOST_ITEMS = 200;

const text = z.string();
const names = z.array(text).check(z.maxLength(MOST_ITEMS));
const count = z.int().check(z.positive(), z.maximum(1_000_000));

const toolChoice: z.ZodMiniType<ToolChoice> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("auto") }),
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("required") }),
  z.object({ kind: z.literal("named"), name: text, enforce: z.prefault(z.boolean(), false) }),
]);

const mockResult = z.object({ output: text, isError: z.prefault(z.boolean(), false) });

const answers: z.ZodMiniType<CaseAnswers> = z.discriminatedUnion("by", [
  z.object({ by: z.literal("never") }),
  z.object({ by: z.literal("fixed"), result: mockResult }),
  z.object({
    by: z.literal("arguments"),
    rules: z
      .array(z.object({ when: z.union([z.literal("*"), jsonObjectSchema]), result: mockResult }))
      .check(z.maxLength(MOST_ITEMS)),
  }),
  z.object({ by: z.literal("sequence"), results: z.array(mockResult).check(z.maxLength(MOST_ITEMS)) }),
]);

const tool: z.ZodMiniType<CaseTool> = z.object({
  name: idSchema,
  description: z.prefault(text, ""),
  parameters: z.prefault(jsonObjectSchema, { type: "object", properties: {} }),
  strict: z.prefault(z.nullable(z.boolean()), null),
  answers: z.prefault(answers, { by: "never" }),
});

const prompt: z.ZodMiniType<CasePrompt> = z.union([
  z.pipe(
    text,
    z.transform((said) => ({ text: said, tools: null })),
  ),
  z.object({ text, tools: z.prefault(z.nullable(names), null) }),
]);

const rule: z.ZodMiniType<ArgumentRule> = z.discriminatedUnion("is", [
  z.object({ is: z.literal("one-of"), values: z.array(jsonSchema).check(z.maxLength(MOST_ITEMS)) }),
  z.object({ is: z.literal("any") }),
  z.object({ is: z.literal("pattern"), pattern: text, flags: z.prefault(text, "") }),
  z.object({ is: z.literal("number"), value: z.number(), tolerance: z.prefault(z.number(), 0) }),
  z.object({ is: z.literal("raw"), value: text }),
  z.object({ is: z.literal("exactly"), value: jsonSchema }),
]);

const call: z.ZodMiniType<ExpectedCall> = z.object({
  name: text,
  arguments: z.prefault(z.record(z.string(), rule), {}),
  optional: z.prefault(names, []),
});
const calls = z.array(call).check(z.maxLength(MOST_ITEMS));

const expectation: z.ZodMiniType<Expectation> = z.discriminatedUnion("grader", [
  z.object({
    grader: z.literal("calls"),
    calls,
    of: z.prefault(
      z.union([z.enum(["trial", "first-step"]), z.object({ prompt: z.int().check(z.nonnegative()) })]),
      "trial",
    ),
    forbidden: z.prefault(names, []),
    allowed: z.prefault(names, []),
  }),
  z.object({ grader: z.literal("no-call"), asks: z.prefault(z.boolean(), false) }),
  z.object({
    grader: z.literal("choice"),
    choice: z.union([z.enum(["none", "required", "one-per-step"]), z.object({ named: text })]),
  }),
  z.object({ grader: z.literal("sequence"), calls, maxSteps: count }),
  z.object({ grader: z.literal("ends"), maxCalls: z.int().check(z.nonnegative()) }),
  z.object({
    grader: z.literal("text"),
    how: z.enum(["contains", "equals"]),
    anyOf: names,
    noneOf: z.prefault(names, []),
  }),
  z.object({ grader: z.literal("schema"), schema: jsonObjectSchema }),
  z.object({ grader: z.literal("not-only-reasoning") }),
  z.object({ grader: z.literal("leak"), reasoning: z.enum(["none", "some", "any"]) }),
  z.object({
    grader: z.literal("wire"),
    finish: z.nullable(z.enum(["stop", "length", "tool-calls"])),
    ids: z.boolean(),
    usage: z.boolean(),
  }),
  z.object({ grader: z.literal("parity") }),
  z.object({ grader: z.literal("http"), status: z.enum(["4xx", "2xx-or-4xx"]) }),
  z.object({ grader: z.literal("effort-proof") }),
  z.object({ grader: z.literal("effort-trend") }),
]);

const exercise: z.ZodMiniType<Exercise> = z.discriminatedUnion("what", [
  z.object({ what: z.literal("answer") }),
  z.object({ what: z.literal("reply") }),
  z.object({ what: z.literal("call") }),
  z.object({ what: z.literal("calls-in-one-step"), least: count }),
  z.object({ what: z.literal("result-given"), tool: text }),
  z.object({ what: z.literal("reasoning") }),
  z.object({ what: z.literal("finish"), finish: z.literal("length") }),
  z.object({ what: z.literal("both-modes") }),
  z.object({ what: z.literal("efforts") }),
]);

const patch = z.object({
  "chat-completions": z.optional(jsonObjectSchema),
  responses: z.optional(jsonObjectSchema),
  anthropic: z.optional(jsonObjectSchema),
  gemini: z.optional(jsonObjectSchema),
});

const ask = z.object({
  toolChoice: z.prefault(z.nullable(toolChoice), null),
  parallelToolCalls: z.prefault(z.nullable(z.boolean()), null),
  responseSchema: z.prefault(z.nullable(jsonObjectSchema), null),
  thinking: z.prefault(z.nullable(z.enum(["on", "off"])), null),
  maxTokens: z.prefault(z.nullable(count), null),
  maxSteps: z.prefault(count, 6),
  thoughts: z.prefault(z.enum(["kept", "dropped"]), "kept"),
  patch: z.prefault(z.nullable(patch), null),
});

const fields = z.object({
  id: idSchema,
  group: z.prefault(z.enum(CASE_GROUPS), "own"),
  title: z.prefault(text, ""),
  system: z.prefault(text, ""),
  prompts: z.array(prompt).check(z.minLength(1), z.maxLength(MOST_ITEMS)),
  tools: z.prefault(z.array(tool).check(z.maxLength(MOST_ITEMS)), []),
  ask: z.prefault(ask, {}),
  modes: z.prefault(z.array(z.enum(["stream", "whole"])).check(z.minLength(1), z.maxLength(2)), ["stream"]),
  isPerEffort: z.prefault(z.boolean(), false),
  expects: z.array(expectation).check(z.minLength(1), z.maxLength(MOST_ITEMS)),
  exercised: z.prefault(z.array(exercise).check(z.maxLength(MOST_ITEMS)), []),
  isOff: z.prefault(z.boolean(), false),
});

/** The saved shape of a case. */
export const caseSchema: z.ZodMiniType<VerifyCase> = z.pipe(
  fields,
  z.transform(({ ask: asked, ...rest }): VerifyCase => ({
    ...rest,
    ask: { ...asked, patch: withoutGaps(asked.patch) },
  })),
);

/** A case that was read, or what is wrong with it as a sentence. */
export type ReadCase =
  | { readonly ok: true; readonly test: VerifyCase }
  | { readonly ok: false; readonly why: string };

/** Reads a case from its JSON value. */
export function readCase(value: unknown): ReadCase {
  const read = z.safeParse(caseSchema, value);
  if (!read.success) return { ok: false, why: complaint(read.error) };
  const bad = brokenPattern(read.data);
  return bad === null
    ? { ok: true, test: read.data }
    : { ok: false, why: `"${bad}" is not a regular expression.` };
}

/** Cases of a file with one JSON object in each line, and what is wrong with the lines that are left out. */
export type ReadSuite = { readonly cases: readonly VerifyCase[]; readonly problems: readonly string[] };

/** Reads a suite from lines of JSON; empty lines count as nothing. Of two cases with one id the first is kept. */
export function readSuiteLines(content: string): ReadSuite {
  const cases = new Map<string, VerifyCase>();
  const problems: string[] = [];
  for (const [index, line] of content.split(/\r?\n/u).entries()) {
    if (line.trim() === "") continue;
    const place = `Line ${index + 1}`;
    const json = parseJson(line);
    const read = json === undefined ? null : readCase(json);
    if (read === null) problems.push(`${place} is not JSON.`);
    else if (!read.ok) problems.push(`${place}: ${read.why}`);
    else if (cases.has(read.test.id)) problems.push(`${place}: there is already a case "${read.test.id}".`);
    else if (cases.size >= MOST_CASES) problems.push(`${place}: a suite holds at most 1,000 cases.`);
    else cases.set(read.test.id, read.test);
  }
  return { cases: [...cases.values()], problems };
}

/** The suite as lines of JSON. */
export function writeSuiteLines(cases: readonly VerifyCase[]): string {
  return cases.map((test) => `${JSON.stringify(test)}\n`).join("");
}

function withoutGaps(given: z.infer<typeof patch> | null): VerifyCase["ask"]["patch"] {
  if (given === null) return null;
  const { "chat-completions": chat, responses, anthropic, gemini } = given;
  return {
    ...(chat === undefined ? {} : { "chat-completions": chat }),
    ...(responses === undefined ? {} : { responses }),
    ...(anthropic === undefined ? {} : { anthropic }),
    ...(gemini === undefined ? {} : { gemini }),
  };
}

/** The first pattern of a case that does not compile; null where all do. */
function brokenPattern({ expects }: VerifyCase): string | null {
  const rules = expects.flatMap((each) =>
    each.grader === "calls" || each.grader === "sequence"
      ? each.calls.flatMap((expected) => Object.values(expected.arguments))
      : [],
  );
  for (const each of rules) {
    if (each.is !== "pattern") continue;
    try {
      void new RegExp(each.pattern, each.flags);
    } catch {
      return each.pattern;
    }
  }
  return null;
}

function complaint(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  const place = issue?.path.join(".") ?? "";
  return `${place === "" ? "the case" : `"${place}"`} ${issue === undefined ? "cannot be read" : `is not as a case has it (${issue.message})`}.`;
}
