/** N: questions for which no tool, or not the nearest one, is right. */
import type { VerifyCase } from "@/lib/verify/case";

import { call, calls, like, writeCase, writeTool } from "./build-case";
import { currencyTool, SEARCH_FILES, weatherTool } from "./case-tools";

/** The cases of the group "restraint". */
export const RESTRAINT_CASES: readonly VerifyCase[] = [
  writeCase({
    id: "N1",
    group: "restraint",
    title: "a question that no tool answers",
    prompt: "Who wrote Don Quixote?",
    tools: [weatherTool(), currencyTool()],
    expects: [{ grader: "no-call", asks: false }],
  }),
  writeCase({
    id: "N2",
    group: "restraint",
    title: "which tools there are",
    prompt: "Which tools do you have? Only describe them.",
    tools: [weatherTool(), currencyTool()],
    expects: [{ grader: "no-call", asks: false }],
  }),
  writeCase({
    id: "N3",
    group: "restraint",
    title: "a script that would do it",
    prompt: "Write a short Python script that checks the weather in Madrid once an hour.",
    tools: [weatherTool()],
    expects: [{ grader: "no-call", asks: false }],
  }),
  writeCase({
    id: "N4",
    group: "restraint",
    title: "not this tool, the other one",
    prompt: "Don't check the weather today. Find the quarterly report instead.",
    tools: [weatherTool(), SEARCH_FILES],
    expects: [calls([call("search_files", { query: like("quarterly") })], { forbidden: ["weather"] })],
  }),
  writeCase({
    id: "N5",
    group: "restraint",
    title: "a fact that is already there",
    prompt:
      "I just looked: it is 12 °C and dry in Bergen right now. Do I need an umbrella there at the moment? Answer in one sentence.",
    tools: [weatherTool(), SEARCH_FILES],
    expects: [calls([], { forbidden: ["weather"], allowed: ["search_files"] })],
  }),
  writeCase({
    id: "N6",
    group: "restraint",
    title: "a needed argument is missing",
    prompt: "Book me a train to Lisbon.",
    tools: [
      writeTool({
        name: "book_train",
        description: "Books a train. Never guess a value that the person did not give: ask.",
        properties: {
          from: { type: "string", description: "Where the ride begins" },
          to: { type: "string" },
          date: { type: "string", description: "YYYY-MM-DD" },
        },
      }),
    ],
    expects: [{ grader: "no-call", asks: true }],
  }),
  writeCase({
    id: "N7",
    group: "restraint",
    title: "a needed tool is missing",
    prompt: "Send an email to Dana that I will be ten minutes late.",
    tools: [weatherTool(), currencyTool()],
    expects: [{ grader: "no-call", asks: false }],
  }),
];
