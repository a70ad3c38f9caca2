/** W: answers as such, before any tool. */
import type { VerifyCase } from "@/lib/verify/case";

import { call, calls, says, writeCase } from "./build-case";
import { city, weatherTool } from "./case-tools";

const WIRE = { grader: "wire", finish: "stop", ids: false, usage: true } as const;
/** A role that no API has. */
const ODD_MESSAGE = { role: "narrator", content: "Say hello." };

/** The cases of the group "wire". */
export const WIRE_CASES: readonly VerifyCase[] = [
  writeCase({
    id: "W1",
    group: "wire",
    title: "hi in Portuguese",
    system: "You are a helpful assistant.",
    prompt: "Say hi in Portuguese",
    modes: ["whole", "stream"],
    expects: [says("oi", "olá", "ola"), WIRE],
  }),
  writeCase({
    id: "W2",
    group: "wire",
    title: "one exact word",
    prompt: "Reply with this one word and nothing else: cobalt",
    modes: ["whole", "stream"],
    expects: [{ grader: "text", how: "equals", anyOf: ["cobalt"], noneOf: [] }, WIRE],
  }),
  writeCase({
    id: "W3",
    group: "wire",
    title: "thinking turned off",
    prompt: "What is the capital of Peru? One sentence is enough.",
    ask: { thinking: "off" },
    modes: ["whole", "stream"],
    expects: [{ grader: "leak", reasoning: "none" }, says("Lima")],
  }),
  writeCase({
    id: "W4",
    group: "wire",
    title: "a thought apart from its answer",
    prompt:
      "A train leaves at 9:40 and arrives at 13:15 on the same day. How many minutes does the ride take?",
    ask: { thinking: "on" },
    modes: ["whole", "stream"],
    isPerEffort: true,
    expects: [{ grader: "leak", reasoning: "some" }, { grader: "not-only-reasoning" }],
    exercised: [{ what: "reasoning" }],
  }),
  writeCase({
    id: "W5",
    group: "wire",
    title: "an answer cut at 16 tokens",
    prompt: "Count from one to one hundred in words, separated by commas.",
    // Some APIs refuse a limit below 16.
    ask: { thinking: "off", maxTokens: 16 },
    expects: [{ grader: "wire", finish: "length", ids: false, usage: false }],
    exercised: [{ what: "reply" }],
  }),
  writeCase({
    id: "W6",
    group: "wire",
    title: "stream and whole answer alike",
    prompt: "What's the weather in Oslo, Norway?",
    tools: [weatherTool()],
    modes: ["whole", "stream"],
    expects: [calls([call("weather", { location: city("oslo") })]), { grader: "parity" }],
    exercised: [{ what: "both-modes" }],
  }),
  writeCase({
    id: "W7",
    group: "wire",
    title: "a role that does not exist",
    prompt: "Say hello.",
    ask: {
      patch: {
        "chat-completions": { messages: [ODD_MESSAGE] },
        responses: { input: [ODD_MESSAGE] },
        anthropic: { messages: [ODD_MESSAGE] },
        gemini: { contents: [{ role: "narrator", parts: [{ text: "Say hello." }] }] },
      },
    },
    expects: [{ grader: "http", status: "4xx" }],
    exercised: [{ what: "reply" }],
  }),
];
