/** For tests: faults between the request and a call that could run. */
import {
  type PlantedFault,
  suiteCase,
  W1,
  W4,
  W6,
  S1,
  FLORENCE,
  CALL,
  STRICT,
  UNUSABLE,
  HERMES,
  OFFERED,
} from "./planted";
import { anthropic, anthropicError, chat, gemini, refusal, responses, wholeChat } from "./replies";

/** Answers that break on their way. */
export const BROKEN_ANSWERS: readonly PlantedFault[] = [
  {
    planted: "the connection breaks in the middle of the answer",
    of: W1,
    server: "chat-completions",
    replies: [{ ...chat({ text: "Olá", finish: null }), breaks: true }],
    verdict: ["transport", "undecided"],
  },
  {
    planted: "500 to a good request",
    of: W1,
    server: "chat-completions",
    replies: [refusal(500, "Internal error.")],
    verdict: ["http", "server"],
  },
  {
    planted: "400 that names the tool's schema",
    of: S1,
    server: "responses",
    replies: [refusal(400, "Invalid schema for function 'weather': additionalProperties is not supported.")],
    verdict: ["http", "schema"],
  },
  {
    planted: "400 that names nothing",
    of: S1,
    server: "anthropic",
    replies: [refusal(400, "Bad request.")],
    verdict: ["http", "undecided"],
  },
  {
    planted: "400 to a tool choice of none",
    of: suiteCase("C1"),
    server: "chat-completions",
    replies: [refusal(400, "tool_choice none is not supported.")],
    verdict: ["http", "undecided"],
  },
  {
    planted: "200 to a role that does not exist",
    of: suiteCase("W7"),
    server: "chat-completions",
    replies: [chat({ text: "Hello." })],
    verdict: ["http", "server"],
  },
  {
    planted: "a stream without a finish reason",
    of: W1,
    server: "chat-completions",
    replies: [chat({ text: "Olá!", finish: null })],
    verdict: ["wire", "server"],
  },
  {
    planted: "an error frame inside a 200",
    of: W1,
    server: "anthropic",
    replies: [anthropicError("Olá", { type: "invalid_request_error", message: "The model failed." })],
    verdict: ["wire", "server"],
  },
  {
    planted: "a total that is not the sum of its counts",
    of: W1,
    server: "chat-completions",
    replies: [chat({ text: "Olá!", usage: { prompt_tokens: 20, completion_tokens: 10, total_tokens: 31 } })],
    verdict: ["wire", "server"],
  },
  {
    planted: "two calls with one id",
    of: suiteCase("P4"),
    server: "chat-completions",
    replies: [
      chat({
        calls: [
          ["weather", '{"location": "Lima"}'],
          ["weather", '{"location": "Cairo"}'],
        ],
        ids: ["a", "a"],
      }),
    ],
    verdict: ["wire", "server"],
  },
];

/** Markup of thoughts where it does not belong. */
export const LEAKS: readonly PlantedFault[] = [
  {
    planted: "the end of a thought in the answer",
    of: W4,
    server: "chat-completions",
    replies: [chat({ thought: "From 9:40.", text: "to 13:15.</think> 215 minutes." })],
    verdict: ["leak", "undecided"],
  },
  {
    planted: "the same, and the server reports what the model wrote",
    of: W4,
    server: "llama.cpp",
    replies: [
      chat({
        thought: "From 9:40.",
        text: "to 13:15.</think> 215 minutes.",
        written: "From 9:40. to 13:15.</think> 215 minutes.",
      }),
    ],
    verdict: ["leak", "server"],
  },
  {
    planted: "the same, and the server reports that the model ended its thought twice",
    of: W4,
    server: "llama.cpp",
    replies: [
      chat({
        thought: "From 9:40.",
        text: "It is 13:15.</think> 215 minutes.",
        written: "From 9:40.</think>It is 13:15.</think> 215 minutes.",
      }),
    ],
    verdict: ["leak", "model"],
  },
  {
    planted: "channel tokens in the name of a call",
    of: S1,
    server: "chat-completions",
    replies: [chat({ calls: [["weather<|channel|>commentary", FLORENCE]] })],
    verdict: ["leak", "server"],
  },
  {
    planted: "a thought although thinking is off",
    of: suiteCase("W3"),
    server: "llama.cpp",
    replies: [chat({ thought: "Peru, so Lima.", text: "Lima." })],
    verdict: ["leak", "undecided"],
  },
  {
    planted: "the JSON answer in the thought",
    of: suiteCase("J1"),
    server: "chat-completions",
    replies: [chat({ thought: '{"name": "Mars", "position": 4, "moons": []}', text: "" })],
    verdict: ["leak", "server"],
  },
];

const MINIMAX = '<minimax:tool_call><invoke name="weather">';

/** Calls that do not arrive. */
export const LOST_CALLS: readonly PlantedFault[] = [
  {
    planted: "a call's markup in the answer (Hermes)",
    of: S1,
    server: "anthropic",
    replies: [anthropic(HERMES)],
    verdict: ["parse", "undecided"],
  },
  {
    planted: "the same, and the server reports that the model wrote a whole call",
    of: S1,
    server: "llama.cpp",
    replies: [chat({ text: HERMES, written: HERMES, prompt: OFFERED })],
    verdict: ["parse", "server"],
  },
  {
    planted: "the same, and the server reports that the model wrote half a call",
    of: S1,
    server: "llama.cpp",
    replies: [
      chat({ text: '<tool_call>{"name": "weather", "arg', written: '<tool_call>{"name": "weather", "arg' }),
    ],
    verdict: ["parse", "model"],
  },
  {
    planted: "the same in a format that Vitrine does not read (MiniMax)",
    of: S1,
    server: "llama.cpp",
    replies: [chat({ text: MINIMAX, written: MINIMAX, prompt: OFFERED })],
    verdict: ["parse", "undecided"],
  },
  {
    planted: "a call that the model wrote and that nowhere arrives",
    of: S1,
    server: "llama.cpp",
    replies: [chat({ text: "", written: HERMES, prompt: OFFERED })],
    verdict: ["parse", "server"],
  },
  {
    planted: "a call in the whole answer that the stream lacks",
    of: W6,
    server: "chat-completions",
    replies: [chat({ text: "" })],
    paired: [
      wholeChat(
        {
          content: null,
          tool_calls: [
            { id: "a", type: "function", function: { name: "weather", arguments: '{"location": "Oslo"}' } },
          ],
        },
        "tool_calls",
      ),
    ],
    verdict: ["parse", "undecided"],
  },
  {
    planted: "400 tool_use_failed that quotes half a call",
    of: S1,
    server: "chat-completions",
    replies: [
      refusal(400, "Failed to call a function.", {
        code: "tool_use_failed",
        failed_generation: '<function=weather>{"location": "Flo',
      }),
    ],
    verdict: ["parse", "model"],
  },
  {
    planted: "MALFORMED_FUNCTION_CALL without the words of the model",
    of: S1,
    server: "gemini",
    replies: [gemini(null, "MALFORMED_FUNCTION_CALL")],
    verdict: ["parse", "undecided"],
  },
];

/** Calls that could not run. */
export const INVALID_CALLS: readonly PlantedFault[] = [
  {
    planted: "arguments that are not JSON",
    of: S1,
    server: "chat-completions",
    replies: [chat({ calls: [["weather", '{"location": Florence}']] })],
    verdict: ["invalid-json", "model"],
  },
  {
    planted: "the same for a strict tool",
    of: STRICT,
    server: "responses",
    replies: [responses(null, "weather", '{"location": Florence}')],
    verdict: ["invalid-json", "server"],
  },
  {
    planted: "the same, and the server reports that the model wrote JSON",
    of: S1,
    server: "llama.cpp",
    replies: [chat({ calls: [["weather", '{"location": Florence}']], written: HERMES, prompt: OFFERED })],
    verdict: ["invalid-json", "server"],
  },
  {
    planted: "the arguments of two calls in one",
    of: S1,
    server: "chat-completions",
    replies: [chat({ calls: [["weather", `${FLORENCE}${FLORENCE}`]] })],
    verdict: ["invalid-json", "undecided"],
  },
  {
    planted: "a call of a tool that was not offered",
    of: S1,
    server: "responses",
    replies: [responses(null, "get_forecast", FLORENCE)],
    verdict: ["unknown-name", "model"],
  },
  {
    planted: "a number where the schema says text",
    of: S1,
    server: "gemini",
    replies: [gemini(["weather", { location: 5 }])],
    verdict: ["schema-mismatch", "model"],
  },
  {
    planted: "the same for a strict tool",
    of: STRICT,
    server: "chat-completions",
    replies: [chat({ calls: [["weather", '{"location": 5}']] })],
    verdict: ["schema-mismatch", "server"],
  },
  {
    planted: "a call of a tool whose schema cannot be used",
    of: UNUSABLE,
    server: "chat-completions",
    replies: [CALL],
    verdict: ["schema-mismatch", "schema"],
  },
  {
    planted: "a JSON answer that lacks a field of its schema",
    of: suiteCase("J1"),
    server: "chat-completions",
    replies: [chat({ text: '{"name": "Mars", "position": 4}' })],
    verdict: ["schema-mismatch", "server"],
  },
];
