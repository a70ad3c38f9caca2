/** Cases of the suite, written short: what a case does not name is as most cases have it. */
import type { JsonObject } from "@/lib/stream/turn/json";
import {
  type ArgumentRule,
  type CaseAnswers,
  type CaseRequest,
  type CaseTool,
  type ExpectedCall,
  type Expectation,
  PLAIN_REQUEST,
  type VerifyCase,
} from "@/lib/verify/case";

/** What every case tells the model first: nothing that is asked depends on the day or on where the model runs. */
const SYSTEM = "You are a helpful assistant. Today is Wednesday, March 4, 2026.";

type Written = Pick<VerifyCase, "id" | "group" | "title" | "expects"> &
  Partial<Omit<VerifyCase, "ask" | "prompts">> & {
    readonly prompt: string | VerifyCase["prompts"];
    readonly ask?: Partial<CaseRequest>;
  };

/** A case with everything filled in. */
export function writeCase({ prompt, ask = {}, ...written }: Written): VerifyCase {
  return {
    system: SYSTEM,
    prompts: typeof prompt === "string" ? [{ text: prompt, tools: null }] : prompt,
    tools: [],
    ask: { ...PLAIN_REQUEST, ...ask },
    modes: ["stream"],
    isPerEffort: false,
    exercised: [{ what: "answer" }],
    isOff: false,
    ...written,
  };
}

type WrittenTool = Pick<CaseTool, "name" | "description"> & {
  readonly properties?: JsonObject;
  /** All properties, where it is absent. */
  readonly required?: readonly string[];
  readonly answers?: CaseAnswers | string;
};

/** A tool; without an answer the turn ends at its call. */
export function writeTool({ name, description, properties = {}, required, answers }: WrittenTool): CaseTool {
  return {
    name,
    description,
    parameters: {
      type: "object",
      properties,
      required: required ?? Object.keys(properties),
      additionalProperties: false,
    },
    strict: null,
    answers: typeof answers === "string" ? always(answers) : (answers ?? { by: "never" }),
  };
}

/** The same result for every call. */
export function always(output: string): CaseAnswers {
  return { by: "fixed", result: { output, isError: false } };
}

/** A result by one argument; calls with another value get an error. */
export function byArgument(name: string, results: Readonly<Record<string, string>>): CaseAnswers {
  const rules = Object.entries(results).map(([value, output]) => ({
    when: { [name]: value },
    result: { output, isError: false },
  }));
  return {
    by: "arguments",
    rules: [...rules, { when: "*", result: { output: `No ${name} like that is known.`, isError: true } }],
  };
}

/** An expected call. */
export function call(
  name: string,
  args: Readonly<Record<string, ArgumentRule>> = {},
  optional: readonly string[] = [],
): ExpectedCall {
  return { name, arguments: args, optional };
}

/** These calls in the whole trial, in any order, and no others. */
export function calls(
  expected: readonly ExpectedCall[],
  more: Partial<Extract<Expectation, { grader: "calls" }>> = {},
): Expectation {
  return { grader: "calls", calls: expected, of: "trial", forbidden: [], allowed: [], ...more };
}

/** An answer that has one of these in it. */
export function says(...anyOf: readonly string[]): Expectation {
  return { grader: "text", how: "contains", anyOf, noneOf: [] };
}

/** One of these values. */
export function oneOf(...values: Extract<ArgumentRule, { is: "one-of" }>["values"]): ArgumentRule {
  return { is: "one-of", values };
}

/** This value and this type. */
export function exactly(value: Extract<ArgumentRule, { is: "exactly" }>["value"]): ArgumentRule {
  return { is: "exactly", value };
}

/** A text that matches, whatever its case. */
export function like(pattern: string): ArgumentRule {
  return { is: "pattern", pattern, flags: "iu" };
}
