/** For tests: faults in what was called and said, and what is no fault. */
import { ESCAPED_TEXT } from "@/lib/verify/suite/argument-texts";

import {
  type PlantedFault,
  suiteCase,
  W1,
  W2,
  W4,
  S1,
  CALL,
  GOOD_END,
  OFFERED,
  NOT_OFFERED,
  UNREACHED,
  SAME,
} from "./planted";
import { anthropic, chat, gemini, refusal, responses } from "./replies";

/** Calls that should not be, are not there, or are not as asked. */
export const WRONG_CHOICES: readonly PlantedFault[] = [
  {
    planted: "a call although tool_choice is none",
    of: suiteCase("C1"),
    server: "chat-completions",
    replies: [chat({ calls: [["weather", '{"location": "Paris"}']] })],
    verdict: ["choice", "server"],
  },
  {
    planted: "no call although tool_choice is required",
    of: suiteCase("C2"),
    server: "responses",
    replies: [responses("I am fine, thanks.")],
    verdict: ["choice", "server"],
  },
  {
    planted: "a call for a question that needs none",
    of: suiteCase("N1"),
    server: "gemini",
    replies: [gemini(["weather", { location: "La Mancha" }])],
    verdict: ["choice", "model"],
  },
  {
    planted: "no call where one is needed",
    of: S1,
    server: "chat-completions",
    replies: [chat({ text: "It is 40 °C, I guess." })],
    verdict: ["choice", "undecided"],
  },
  {
    planted: "the same, and the server reports the tools in the prompt and no call in what the model wrote",
    of: S1,
    server: "llama.cpp",
    replies: [chat({ text: "It is 40 °C, I guess.", written: "It is 40 °C, I guess.", prompt: OFFERED })],
    verdict: ["choice", "model"],
  },
  {
    planted: "the same, and the server reports a prompt without the tools",
    of: S1,
    server: "llama.cpp",
    replies: [chat({ text: "It is 40 °C, I guess.", written: "It is 40 °C, I guess.", prompt: NOT_OFFERED })],
    verdict: ["choice", "template"],
  },
  {
    planted: "a call with another city",
    of: S1,
    server: "chat-completions",
    replies: [chat({ calls: [["weather", '{"location": "Rome"}']] }), GOOD_END],
    verdict: ["argument", "model"],
  },
  {
    planted: "a text whose backslashes are doubled",
    of: suiteCase("A6"),
    server: "chat-completions",
    replies: [
      chat({ calls: [["save_note", JSON.stringify({ text: ESCAPED_TEXT.replaceAll("\\", "\\\\") })]] }),
    ],
    verdict: ["argument", "undecided"],
  },
];

/** What the model makes of results, and how it ends. */
export const WRONG_ENDS: readonly PlantedFault[] = [
  {
    planted: "an answer that does not use the result",
    of: S1,
    server: "chat-completions",
    replies: [CALL, chat({ text: "It is 22 °C in Florence." })],
    verdict: ["result-use", "undecided"],
  },
  {
    planted: "the same, and the server reports the result in the prompt",
    of: S1,
    server: "llama.cpp",
    replies: [CALL, chat({ text: "It is 22 °C in Florence.", prompt: `${OFFERED}\nTool: 40 C` })],
    verdict: ["result-use", "model"],
  },
  {
    planted: "the same, and the server reports a prompt without the result",
    of: S1,
    server: "llama.cpp",
    replies: [CALL, chat({ text: "It is 22 °C in Florence.", prompt: OFFERED })],
    verdict: ["result-use", "template"],
  },
  {
    planted: "the same call again and again",
    of: suiteCase("R3"),
    server: "chat-completions",
    replies: [chat({ calls: [["check_job", '{"job": "51"}']] })],
    verdict: ["end", "undecided"],
  },
  {
    planted: "another word than the one that was asked for",
    of: W2,
    server: "anthropic",
    replies: [anthropic("azure")],
    verdict: ["text", "undecided"],
  },
  {
    planted: "the same, and the server reports the question in the prompt",
    of: W2,
    server: "llama.cpp",
    replies: [chat({ text: "azure", prompt: `Person: ${W2.prompts[0]?.text ?? ""}` })],
    verdict: ["text", "model"],
  },
  {
    planted: "a thought and no answer",
    of: W4,
    server: "chat-completions",
    replies: [chat({ thought: "From 9:40 to 13:15." })],
    verdict: ["text", "undecided"],
  },
  {
    planted: "prompts that are the same at every effort",
    of: suiteCase("E1"),
    server: "llama.cpp",
    replies: [chat({ text: "Hello." })],
    efforts: { renders: SAME, levels: [] },
    verdict: ["effort", "template"],
  },
];

/** What says nothing of the model or its server. */
export const NO_FAULTS: readonly PlantedFault[] = [
  {
    planted: "429 to every try",
    of: W1,
    server: "chat-completions",
    replies: [refusal(429, "Slow down.")],
    verdict: "rate-limit",
  },
  {
    planted: "nothing listens at the address",
    of: W1,
    server: "chat-completions",
    replies: [{ unreached: UNREACHED }],
    verdict: "outage",
  },
  {
    planted: "503 to every try",
    of: W1,
    server: "anthropic",
    replies: [refusal(503, "No capacity.")],
    verdict: "outage",
  },
  {
    planted: "Vitrine's own limit of answers",
    of: W1,
    server: "chat-completions",
    replies: [
      { unreached: { ...UNREACHED, source: "app", code: "LIMIT", message: "Too many answers run." } },
    ],
    verdict: "refused-here",
  },
  {
    planted: "a prompt that is longer than the context",
    of: W1,
    server: "llama.cpp",
    replies: [
      refusal(400, "the request exceeds the available context size", { type: "exceed_context_size_error" }),
    ],
    verdict: "context",
  },
  {
    planted: "an answer that is cut at its limit",
    of: W1,
    server: "chat-completions",
    replies: [
      chat({
        text: "Olá, in Portug",
        finish: "length",
        usage: { prompt_tokens: 20, completion_tokens: 1024, total_tokens: 1044 },
      }),
    ],
    verdict: "cap",
  },
  {
    planted: "a thought of a model that the lane can't tell not to think",
    of: suiteCase("W3"),
    server: "chat-completions",
    replies: [chat({ thought: "Peru, so Lima.", text: "Lima." })],
    verdict: "not-exercised",
  },
  {
    planted: "two calls at once in a dialect that cannot turn them off",
    of: suiteCase("P3"),
    server: "gemini",
    replies: [gemini(["weather", { location: "Lima" }])],
    verdict: "not-exercised",
  },
  {
    planted: "404 for the model",
    of: W1,
    server: "responses",
    replies: [refusal(404, "The model does not exist.")],
    verdict: "outage",
  },
  {
    planted: "one call where two at once are to be compared",
    of: suiteCase("P4"),
    server: "chat-completions",
    replies: [CALL],
    verdict: "not-exercised",
  },
];
