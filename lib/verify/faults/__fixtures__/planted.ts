/** For tests: what planted faults have in common. */
import type { RunError } from "@/lib/stream/turn/event";
import type { CaseTool, VerifyCase } from "@/lib/verify/case";
import type { GradedTrial } from "@/lib/verify/graders/graded-trial";
import { VITRINE_1 } from "@/lib/verify/suite/vitrine-1";
import type { Blame, FaultClass, NotMeasured } from "@/lib/verify/trial";

import { chat, type Reply } from "./replies";
import type { Server } from "./run-planted";

export type PlantedFault = {
  /** As a person reads it in the table. */
  readonly planted: string;
  readonly of: VerifyCase;
  readonly server: Server;
  readonly replies: readonly Reply[];
  /** The replies in the other mode, for parity. */
  readonly paired?: readonly Reply[];
  readonly efforts?: GradedTrial["efforts"];
  readonly verdict: readonly [FaultClass, Blame] | NotMeasured;
};

/** A case of the suite by its id. */
export function suiteCase(wanted: string): VerifyCase {
  const found = VITRINE_1.cases.find(({ id }) => id === wanted);
  if (found === undefined) throw new Error(`The suite has no case ${wanted}.`);
  return found;
}

function withTool(of: VerifyCase, change: Partial<CaseTool>): VerifyCase {
  return { ...of, tools: of.tools.map((tool) => Object.assign({}, tool, change)) };
}

/** Cases of the suite. */
export const W1 = suiteCase("W1");
export const W2 = suiteCase("W2");
export const W4 = suiteCase("W4");
export const W6 = suiteCase("W6");
export const S1 = suiteCase("S1");
/** The arguments that S1 expects. */
export const FLORENCE = '{"location": "Florence"}';
/** A good call of S1. */
export const CALL: Reply = chat({ calls: [["weather", FLORENCE]] });
/** A good last answer of S1. */
export const GOOD_END: Reply = chat({ text: "It is 40 °C in Florence." });
/** S1 with a tool whose arguments the server promises to be valid. */
export const STRICT = withTool(S1, { strict: true });
/** S1 with a schema that no validator can use. */
export const UNUSABLE = withTool(S1, {
  parameters: { type: "object", properties: { location: { $ref: "#/$defs/place" } } },
});
/** A whole call as Hermes models write it. */
export const HERMES = `<tool_call>\n{"name": "weather", "arguments": ${FLORENCE}}\n</tool_call>`;
/** A rendered prompt that describes the tool. */
export const OFFERED =
  "Tools: weather: Returns the current weather at a place.\nPerson: What's the weather in Florence, Italy?";
/** A rendered prompt that does not. */
export const NOT_OFFERED = "Person: What's the weather in Florence, Italy?";
/** No connection was made. */
export const UNREACHED: RunError = {
  source: "network",
  code: "ECONNREFUSED",
  message: "No server is listening.",
  retryable: false,
};
/** Prompts that do not change with the effort. */
export const SAME = ["low", "high"].map((effort) => ({ effort, prompt: "Say hello." }));
