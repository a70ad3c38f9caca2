/** For tests: faults of a server that look as if they were the model's. */
import { delta, DONE, piece } from "@/lib/providers/__fixtures__/fold-chat";
import { sse } from "@/lib/providers/__fixtures__/fold-wire";
import { ESCAPED_TEXT } from "@/lib/verify/suite/argument-texts";

import { FLORENCE, GOOD_END, HERMES, OFFERED, type PlantedFault, S1, suiteCase, W1, W2 } from "./planted";
import { chat } from "./replies";

const N1 = suiteCase("N1");
const T1 = suiteCase("T1");
/** The result of T1's first tool, as it stands in a prompt. */
const CUSTOMER = 'Tool: {"customer_id": "C-4471"}';
const A5 = suiteCase("A5");
const AUTHOR = "It was Miguel de Cervantes.";
const ASKED = `Person: ${W2.prompts[0]?.text ?? ""}`;
const CUT_BOOKING = '{"room": "Birch", "date": "07-2026"}';
const BOOKING =
  '<tool_call>{"name": "book_room", "arguments": {"room": "Birch", "date": "07-09-2026"}}</tool_call>';

/** Calls that a server cut, joined, doubled, renamed or made up. */
export const SERVER_TRICKS: readonly PlantedFault[] = [
  {
    planted: "the last piece of a call's arguments is dropped",
    of: S1,
    server: "chat-completions",
    replies: [chat({ calls: [["weather", '{"location": "Flor']] })],
    verdict: ["invalid-json", "undecided"],
  },
  {
    planted: "the same, and the server reports that the model wrote all of them",
    of: S1,
    server: "llama.cpp",
    replies: [chat({ calls: [["weather", '{"location": "Flor']], written: HERMES, prompt: OFFERED })],
    verdict: ["invalid-json", "server"],
  },
  {
    planted: "a piece in the middle of a call's arguments is dropped",
    of: A5,
    server: "chat-completions",
    replies: [chat({ calls: [["book_room", CUT_BOOKING]] })],
    verdict: ["argument", "undecided"],
  },
  {
    planted: "the same, and the server reports that the model wrote all of it",
    of: A5,
    server: "llama.cpp",
    replies: [chat({ calls: [["book_room", CUT_BOOKING]], written: BOOKING, prompt: OFFERED })],
    verdict: ["argument", "server"],
  },
  {
    planted: "a piece of a later call's arguments is dropped, which came from a result",
    of: T1,
    server: "llama.cpp",
    replies: [
      chat({ calls: [["find_customer", '{"name": "Mara Lind"}']], prompt: OFFERED }),
      chat({ calls: [["get_last_order", '{"customer_id": "C-71"}']], prompt: CUSTOMER, ids: ["b"] }),
      chat({ text: "A walnut desk.", prompt: CUSTOMER }),
    ],
    verdict: ["result-use", "undecided"],
  },
  {
    planted: "all arguments of a call are dropped",
    of: S1,
    server: "chat-completions",
    replies: [chat({ calls: [["weather", ""]] })],
    verdict: ["schema-mismatch", "undecided"],
  },
  {
    planted: "the arguments of a call are JSON in JSON",
    of: S1,
    server: "chat-completions",
    replies: [chat({ calls: [["weather", JSON.stringify(FLORENCE)]] })],
    verdict: ["invalid-json", "undecided"],
  },
  {
    planted: "characters of a call's text are replaced, as where their bytes were cut apart",
    of: suiteCase("A6"),
    server: "chat-completions",
    replies: [
      chat({ calls: [["save_note", JSON.stringify({ text: ESCAPED_TEXT.replace("東", "\uFFFD\uFFFD") })]] }),
    ],
    verdict: ["argument", "undecided"],
  },
  {
    planted: "a number where the schema says text, and the server reports the same with other spaces",
    of: S1,
    server: "llama.cpp",
    replies: [
      chat({
        calls: [["weather", '{"location":5}']],
        written: '<tool_call>{"name": "weather", "arguments": {"location": 5}}</tool_call>',
        prompt: OFFERED,
      }),
    ],
    verdict: ["schema-mismatch", "model"],
  },
  {
    planted: "a call with another name than the server reports the model wrote",
    of: S1,
    server: "llama.cpp",
    replies: [chat({ calls: [["get_forecast", FLORENCE]], written: HERMES, prompt: OFFERED })],
    verdict: ["unknown-name", "server"],
  },
  {
    planted: "a call that arrives twice",
    of: S1,
    server: "chat-completions",
    replies: [
      chat({
        calls: [
          ["weather", FLORENCE],
          ["weather", FLORENCE],
        ],
      }),
      GOOD_END,
    ],
    verdict: ["choice", "undecided"],
  },
  {
    planted: "the same, and the server reports that the model wrote it once",
    of: S1,
    server: "llama.cpp",
    replies: [
      chat({
        calls: [
          ["weather", FLORENCE],
          ["weather", FLORENCE],
        ],
        written: HERMES,
        prompt: OFFERED,
      }),
      GOOD_END,
    ],
    verdict: ["choice", "server"],
  },
  {
    planted: "the same, and the server reports that the model wrote it twice",
    of: S1,
    server: "llama.cpp",
    replies: [
      chat({
        calls: [
          ["weather", FLORENCE],
          ["weather", FLORENCE],
        ],
        written: `${HERMES}\n${HERMES}`,
        prompt: OFFERED,
      }),
      GOOD_END,
    ],
    verdict: ["choice", "model"],
  },
  {
    planted: "a call that the model did not write, as the server reports",
    of: N1,
    server: "llama.cpp",
    replies: [chat({ calls: [["weather", '{"location": "La Mancha"}']], written: AUTHOR, prompt: OFFERED })],
    verdict: ["choice", "server"],
  },
  {
    planted: "a finish reason of tool_calls without a call",
    of: S1,
    server: "chat-completions",
    replies: [chat({ text: "", finish: "tool_calls" })],
    verdict: ["parse", "server"],
  },
  {
    planted: "a call in the thought (Hermes)",
    of: S1,
    server: "chat-completions",
    replies: [chat({ thought: HERMES, text: "" })],
    verdict: ["parse", "undecided"],
  },
  {
    planted: "the same, and the server reports that the model had not closed its thought",
    of: S1,
    server: "llama.cpp",
    replies: [chat({ thought: HERMES, text: "", written: HERMES, prompt: OFFERED })],
    verdict: ["parse", "server"],
  },
  {
    planted: "the same, and the server reports that the model closed its thought behind the call",
    of: S1,
    server: "llama.cpp",
    replies: [
      chat({
        thought: HERMES,
        text: "Done.",
        written: `${HERMES}</think>Done.`,
        prompt: OFFERED,
      }),
    ],
    verdict: ["parse", "model"],
  },
  {
    planted: "two calls with one id, where that breaks what comes after",
    of: suiteCase("P1"),
    server: "chat-completions",
    replies: [
      chat({
        calls: [
          ["add", '{"a": 2, "b": 3}'],
          ["multiply", '{"a": 2, "b": 3}'],
        ],
        ids: ["a", "a"],
      }),
      chat({ text: "Both are 5." }),
    ],
    verdict: ["wire", "server"],
  },
  {
    planted: "an error event inside a 200, behind half a call",
    of: S1,
    server: "chat-completions",
    replies: [
      {
        stream: sse(
          delta({ tool_calls: [piece({ index: 0, id: "a", name: "weather", args: '{"loc' })] }),
          { error: { message: "The worker died.", code: 500 } },
          DONE,
        ),
      },
    ],
    verdict: ["wire", "server"],
  },
  {
    planted: "a piece of a text is lost, and the server reports the question in the prompt",
    of: W2,
    server: "llama.cpp",
    replies: [chat({ text: "cobt", prompt: ASKED })],
    verdict: ["text", "undecided"],
  },
  {
    planted: "the same, and the server reports that the model wrote all of it",
    of: W2,
    server: "llama.cpp",
    replies: [chat({ text: "cobt", written: "Hm.</think>cobalt", prompt: ASKED })],
    verdict: ["text", "server"],
  },
  {
    planted: "no text, and the server reports the question in the prompt",
    of: W2,
    server: "llama.cpp",
    replies: [chat({ text: "", prompt: ASKED })],
    verdict: ["text", "undecided"],
  },
  {
    planted: "the same, and the server reports that the model wrote the word",
    of: W2,
    server: "llama.cpp",
    replies: [chat({ text: "", written: "cobalt", prompt: ASKED })],
    verdict: ["text", "server"],
  },
  {
    planted: "neither a call nor a text, and the server reports that the model wrote one",
    of: N1,
    server: "llama.cpp",
    replies: [chat({ text: "", written: AUTHOR, prompt: `Person: ${N1.prompts[0]?.text ?? ""}` })],
    verdict: ["text", "server"],
  },
  {
    planted: "an answer that is counted as no tokens",
    of: W1,
    server: "chat-completions",
    replies: [chat({ text: "Olá!", usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } })],
    verdict: ["wire", "server"],
  },
];
