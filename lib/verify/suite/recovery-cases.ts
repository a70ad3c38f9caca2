/** R: results that are no help, or not what the model believes. */
import type { VerifyCase } from "@/lib/verify/case";

import { says, writeCase, writeTool } from "./build-case";

/** An honest answer has one of these. */
const FAILURE_WORDS =
  "unavailable|not available|error|503|unable|failed|problem|issue|cannot|can't|can’t|could not|couldn't|couldn’t|try again|down".split(
    "|",
  );

/** The cases of the group "recovery". */
export const RECOVERY_CASES: readonly VerifyCase[] = [
  writeCase({
    id: "R1",
    group: "recovery",
    title: "a tool that fails",
    prompt: "What is the balance of account 7731?",
    tools: [
      writeTool({
        name: "get_balance",
        description: "Returns the balance of an account in euros.",
        properties: { account: { type: "string" } },
        answers: {
          by: "fixed",
          result: { output: "Error 503: the ledger is unavailable.", isError: true },
        },
      }),
    ],
    expects: [
      { grader: "ends", maxCalls: 3 },
      {
        grader: "text",
        how: "contains",
        anyOf: FAILURE_WORDS,
        noneOf: ["€"],
      },
    ],
    exercised: [{ what: "result-given", tool: "get_balance" }],
  }),
  writeCase({
    id: "R2",
    group: "recovery",
    title: "a result against what is known",
    prompt:
      "In our simulated world nature differs from Earth's. At which temperature does water boil there? Look it up.",
    tools: [
      writeTool({
        name: "get_boiling_point",
        description: "Returns the boiling point of a substance in the simulated world.",
        properties: { substance: { type: "string" } },
        answers: "74 °C",
      }),
    ],
    expects: [says("74")],
    exercised: [{ what: "result-given", tool: "get_boiling_point" }],
  }),
  writeCase({
    id: "R3",
    group: "recovery",
    title: "a result that is never ready",
    prompt: "Is job 51 done? If it is not, say so.",
    tools: [
      writeTool({
        name: "check_job",
        description: "Returns the state of a job.",
        properties: { job: { type: "string" } },
        answers: "pending",
      }),
    ],
    expects: [{ grader: "ends", maxCalls: 5 }],
    exercised: [{ what: "result-given", tool: "check_job" }],
  }),
];
