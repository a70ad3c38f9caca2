/** E: what a level of effort changes. */
import type { VerifyCase } from "@/lib/verify/case";

import { writeCase } from "./build-case";

/** The cases of the group "effort". */
export const EFFORT_CASES: readonly VerifyCase[] = [
  writeCase({
    id: "E1",
    group: "effort",
    title: "effort reaches the prompt",
    prompt: "Say hello.",
    ask: { thinking: "on" },
    expects: [{ grader: "effort-proof" }],
    exercised: [{ what: "efforts" }],
  }),
  writeCase({
    id: "E2",
    group: "effort",
    title: "more effort, more thought",
    prompt:
      "Five people sit in a row. Ann sits left of Ben, Cem right of Dia, Eve at an end, and Dia next to Ben. Name one order that fits.",
    ask: { thinking: "on" },
    isPerEffort: true,
    expects: [{ grader: "effort-trend" }],
  }),
];
