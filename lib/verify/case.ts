/** A case of a suite: what is asked, with which tools, and what a good answer is. Data alone: a line of JSON holds it. */
import type { DialectId } from "@/lib/providers/dialect-id";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import type { MockResult, MockRule, ToolChoice } from "@/lib/tools/tool";

/** Cases that are tried together, under a name. */
export type Suite = {
  /** "vitrine-1", or what a person calls their own. */
  readonly name: string;
  readonly cases: readonly VerifyCase[];
};

/** Groups of cases, in the order of the matrix. */
export const CASE_GROUPS = [
  "wire",
  "single",
  "arguments",
  "restraint",
  "parallel",
  "choice",
  "turns",
  "recovery",
  "structured",
  "effort",
  "safety",
  "own",
] as const;

export type CaseGroup = (typeof CASE_GROUPS)[number];

/** "stream": the answer arrives piece by piece. "whole": in one response. */
export type AnswerMode = "stream" | "whole";

export type VerifyCase = {
  /** Short and unique in its suite: "S1". */
  readonly id: string;
  readonly group: CaseGroup;
  /** What the case asks, in a few words: "weather in Florence". */
  readonly title: string;
  /** "" = none. */
  readonly system: string;
  /** What the person says, one after the other: each waits until the one before is answered to its end. */
  readonly prompts: readonly CasePrompt[];
  readonly tools: readonly CaseTool[];
  readonly ask: CaseRequest;
  /** How often the case is run in each repetition: once per mode. */
  readonly modes: readonly AnswerMode[];
  /** Whether the case is run once per level of effort where levels are chosen; otherwise once, at the lane's own. */
  readonly isPerEffort: boolean;
  /** All must hold. The first that fails, in the order of fault classes, names the fault. */
  readonly expects: readonly Expectation[];
  /** What must have happened for the trial to say anything; where it did not, the trial is "not measured". */
  readonly exercised: readonly Exercise[];
  /** Only run when asked for by name or preset "all". */
  readonly isOff: boolean;
};

export type CasePrompt = {
  readonly text: string;
  /** Names of the tools that this turn offers; null = all. */
  readonly tools: readonly string[] | null;
};

export type CaseTool = {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
  readonly strict: boolean | null;
  /** What answers: rules by arguments; "never": the turn ends at the call. */
  readonly answers: CaseAnswers;
};

export type CaseAnswers =
  | { readonly by: "never" }
  | { readonly by: "fixed"; readonly result: MockResult }
  | { readonly by: "arguments"; readonly rules: readonly MockRule[] }
  | { readonly by: "sequence"; readonly results: readonly MockResult[] };

/** What differs from the lane's own settings. null = the lane's own. */
export type CaseRequest = {
  readonly toolChoice: ToolChoice | null;
  readonly parallelToolCalls: boolean | null;
  readonly responseSchema: JsonObject | null;
  /** "off": thinking is turned off as far as the provider can; "on": at the lane's level, or the lowest that thinks. */
  readonly thinking: "on" | "off" | null;
  /** Output tokens; null = the suite's cap for thinking (8,192) or not (1,024). */
  readonly maxTokens: number | null;
  /** Steps of one turn. */
  readonly maxSteps: number;
  /** "dropped": no earlier thought goes back. */
  readonly thoughts: "kept" | "dropped";
  /** Laid over the body as each dialect writes it (RFC 7396); in a dialect that is not named the case is skipped. null = nothing. */
  readonly patch: Readonly<Partial<Record<DialectId, JsonObject>>> | null;
};

/** As the lane asks, in at most six steps. */
export const PLAIN_REQUEST: CaseRequest = {
  toolChoice: null,
  parallelToolCalls: null,
  responseSchema: null,
  thinking: null,
  maxTokens: null,
  maxSteps: 6,
  thoughts: "kept",
  patch: null,
};

/** What a value in arguments may be. */
export type ArgumentRule =
  | { readonly is: "one-of"; readonly values: readonly Json[] }
  | { readonly is: "any" }
  | { readonly is: "pattern"; readonly pattern: string; readonly flags: string }
  | { readonly is: "number"; readonly value: number; readonly tolerance: number }
  /** Byte-equal: no normalization. */
  | { readonly is: "raw"; readonly value: string }
  /** Equal in type too: 2 is not "2", null is not absent; only 2 and 2.0 are one. */
  | { readonly is: "exactly"; readonly value: Json };

export type ExpectedCall = {
  readonly name: string;
  readonly arguments: Readonly<Record<string, ArgumentRule>>;
  /** Arguments that may be absent; if present they follow their rule, or anything where they have none. A null is absent. */
  readonly optional: readonly string[];
};

/** A grader with what it expects. */
export type Expectation =
  | {
      readonly grader: "calls";
      readonly calls: readonly ExpectedCall[];
      /** Which calls count: all of the trial, or those of its first step, or of the turn of this prompt (from 0). */
      readonly of: "trial" | "first-step" | { readonly prompt: number };
      readonly forbidden: readonly string[];
      /** Further calls that are no fault: names. */
      readonly allowed: readonly string[];
    }
  | { readonly grader: "no-call"; readonly asks: boolean }
  | {
      readonly grader: "choice";
      readonly choice: "none" | "required" | { readonly named: string } | "one-per-step";
    }
  | { readonly grader: "sequence"; readonly calls: readonly ExpectedCall[]; readonly maxSteps: number }
  | { readonly grader: "ends"; readonly maxCalls: number }
  | {
      readonly grader: "text";
      readonly how: "contains" | "equals";
      readonly anyOf: readonly string[];
      readonly noneOf: readonly string[];
    }
  | { readonly grader: "schema"; readonly schema: JsonObject }
  | { readonly grader: "not-only-reasoning" }
  | { readonly grader: "leak"; readonly reasoning: "none" | "some" | "any" }
  | {
      readonly grader: "wire";
      readonly finish: "stop" | "length" | "tool-calls" | null;
      readonly ids: boolean;
      readonly usage: boolean;
    }
  | { readonly grader: "parity" }
  | { readonly grader: "http"; readonly status: "4xx" | "2xx-or-4xx" }
  | { readonly grader: "effort-proof" }
  | { readonly grader: "effort-trend" };

/** What proves that the case's feature was reached. */
export type Exercise =
  /** Every prompt got an answer: a text or a call. */
  | { readonly what: "answer" }
  /** The server replied to the request, whatever it said. */
  | { readonly what: "reply" }
  | { readonly what: "call" }
  | { readonly what: "calls-in-one-step"; readonly least: number }
  | { readonly what: "result-given"; readonly tool: string }
  /** A thought came, or the server counted tokens of one. */
  | { readonly what: "reasoning" }
  | { readonly what: "finish"; readonly finish: "length" }
  /** The same trial was run in the other mode too. */
  | { readonly what: "both-modes" }
  /** Prompts were rendered at two or more levels of effort, or the server refused the field. */
  | { readonly what: "efforts" };
