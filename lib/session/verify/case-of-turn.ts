/** Own cases: made from nothing, from a tool of the library, or from a turn of the comparison. Pure. */
import type { TurnRecord } from "@/lib/session/store/session";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, parseJson } from "@/lib/stream/turn/json-read";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";
import {
  type ArgumentRule,
  type CaseAnswers,
  type CaseTool,
  type ExpectedCall,
  PLAIN_REQUEST,
  type VerifyCase,
} from "@/lib/verify/case";

/** A case without a prompt that expects an answer. Its id is the next one free among `others`. */
export function newCase(others: readonly VerifyCase[]): VerifyCase {
  const ids = new Set(others.map(({ id }) => id));
  let number = others.length + 1;
  while (ids.has(`O${number}`)) number += 1;
  return {
    id: `O${number}`,
    group: "own",
    title: "",
    system: "",
    prompts: [{ text: "", tools: null }],
    tools: [],
    ask: PLAIN_REQUEST,
    modes: ["stream"],
    isPerEffort: true,
    expects: [],
    exercised: [],
    isOff: false,
  };
}

/**
 * Own cases as a person left them in this tab, with those that another tab has saved since: `before` is what this tab knew.
 * A new case whose id was taken there in the meantime gets the next one free.
 */
export function withOthers(
  before: readonly VerifyCase[],
  now: readonly VerifyCase[],
  saved: readonly VerifyCase[],
): readonly VerifyCase[] {
  const known = new Set(before.map(({ id }) => id));
  const others = saved.filter(({ id }) => !known.has(id));
  const all = [...others];
  for (const each of now) {
    const isTaken = !known.has(each.id) && others.some(({ id }) => id === each.id);
    all.push(
      isTaken ? { ...each, id: newCase([...all, ...now.filter((other) => other !== each)]).id } : each,
    );
  }
  return all;
}

/** The case that a turn is: its prompt with those before it, the tools it had, and the calls that it made as what is expected. */
export function caseOfTurn(
  record: TurnRecord,
  before: readonly TurnRecord[],
  tools: readonly ToolDefinition[],
  others: readonly VerifyCase[],
): VerifyCase {
  const offered = tools.filter(({ id }) => record.setup.tools.includes(id));
  const calls = record.turn.steps.flatMap(({ parts }) => parts.filter((part) => part.type === "tool-call"));
  const prompts = [...before, record].map(({ prompt }) => ({ text: prompt, tools: null }));
  return {
    ...newCase(others),
    title: firstLine(record.prompt),
    system: record.setup.system,
    prompts,
    tools: offered.map((tool) => withResults(caseTool(tool), calls)),
    expects:
      calls.length === 0
        ? [{ grader: "no-call", asks: false }]
        : [
            {
              grader: "calls",
              calls: calls.map(expectedCall),
              of: { prompt: prompts.length - 1 },
              forbidden: [],
              allowed: [],
            },
          ],
  };
}

/** A tool of the library as a case has it: what is invented there answers here too, everything else is not called. */
export function caseTool({
  name,
  description,
  parameters,
  strict,
  binding,
  exampleResult,
}: ToolDefinition): CaseTool {
  return { name, description, parameters, strict, answers: answersOf({ binding, exampleResult }) };
}

function answersOf({
  binding,
  exampleResult,
}: Pick<ToolDefinition, "binding" | "exampleResult">): CaseAnswers {
  if (binding.kind === "mock") {
    const { mock } = binding;
    if (mock.by === "fixed") return { by: "fixed", result: mock.result };
    if (mock.by === "arguments") return { by: "arguments", rules: mock.rules };
    if (mock.by === "sequence") return { by: "sequence", results: mock.results };
  }
  return exampleResult === null
    ? { by: "never" }
    : { by: "fixed", result: { output: exampleResult, isError: false } };
}

/** The tool answering as it did in the turn, where it was called there. */
function withResults(tool: CaseTool, calls: readonly ToolCallPart[]): CaseTool {
  const results = calls.flatMap(({ name, status }) =>
    name === tool.name && status.state === "answered"
      ? [{ output: status.result.output, isError: status.result.isError }]
      : [],
  );
  const [only, ...more] = results;
  if (only === undefined) return tool;
  return {
    ...tool,
    answers: more.length === 0 ? { by: "fixed", result: only } : { by: "sequence", results },
  };
}

/** The call with every argument as it was made. */
function expectedCall({ name, input }: ToolCallPart): ExpectedCall {
  return { name, arguments: rulesOf(asObject(parseJson(input)) ?? {}), optional: [] };
}

/** Each of these values alone. */
export function rulesOf(values: JsonObject): ExpectedCall["arguments"] {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, ArgumentRule] => [
      name,
      { is: "one-of", values: [value] },
    ]),
  );
}

/** The values of rules that allow one value each, for a person to edit; null where a rule says more than that. */
export function valuesOf(rules: ExpectedCall["arguments"]): JsonObject | null {
  const values: Record<string, Json> = {};
  for (const [name, rule] of Object.entries(rules)) {
    const [only, ...more] = rule.is === "one-of" ? rule.values : [];
    if (only === undefined || more.length > 0) return null;
    values[name] = only;
  }
  return values;
}

/** What a text is named by: its first line, cut where it is long. */
export function firstLine(text: string): string {
  const [line = ""] = text.trim().split("\n");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
