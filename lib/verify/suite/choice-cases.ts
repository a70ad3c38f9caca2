/** C: the choice of tools in the request. */
import type { VerifyCase } from "@/lib/verify/case";

import { writeCase, writeTool } from "./build-case";
import { SEARCH_FILES, weatherTool } from "./case-tools";

/** The cases of the group "choice". */
export const CHOICE_CASES: readonly VerifyCase[] = [
  writeCase({
    id: "C1",
    group: "choice",
    title: "no call allowed",
    prompt: "What's the weather in Paris?",
    tools: [weatherTool()],
    ask: { toolChoice: { kind: "none" } },
    expects: [{ grader: "choice", choice: "none" }],
    exercised: [{ what: "reply" }],
  }),
  writeCase({
    id: "C2",
    group: "choice",
    title: "a call required",
    prompt: "Good morning! How are you today?",
    tools: [
      writeTool({
        name: "set_mood",
        description: "Chooses the mood of the conversation.",
        properties: { mood: { type: "string", enum: ["cheerful", "calm", "serious"] } },
      }),
    ],
    ask: { toolChoice: { kind: "required" } },
    expects: [{ grader: "choice", choice: "required" }],
    exercised: [{ what: "reply" }],
  }),
  writeCase({
    id: "C3",
    group: "choice",
    title: "one tool required by name",
    prompt: "What's the weather in Paris?",
    tools: [weatherTool(), SEARCH_FILES],
    ask: { toolChoice: { kind: "named", name: "search_files", enforce: false } },
    expects: [{ grader: "choice", choice: { named: "search_files" } }],
    exercised: [{ what: "reply" }],
  }),
];
