/** Answers the cases of the suite that comes with Vitrine: right, but for a share of them. */
import type { ServerResponse } from "node:http";

import type { JsonObject } from "@/lib/stream/turn/json";
import { GOOD_ANSWERS } from "@/lib/verify/graders/__fixtures__/good-answers";
import type { Said } from "@/lib/verify/graders/__fixtures__/script-trial";
import { VITRINE_1 } from "@/lib/verify/suite/vitrine-1";

import { tokensOf } from "../../e2e/sample-text";
import { chunk, head, lastFrames } from "./frames";

type Message = { readonly role: string; readonly content?: unknown };

/** As much of a request as decides on the answer. */
export type AskedCase = {
  readonly model: string;
  readonly stream?: boolean;
  readonly messages?: readonly Message[];
};

const UNKNOWN: Said = { text: "I don't know." };
/** Each 37th of a hundred comes next: wrong answers are spread over the cases, and the same ones every time. */
const STRIDE = 37;

const counts = new Map<string, number>();

/** Sends a whole answer as fast as it is taken. Of a hundred answers to a new prompt `wrong` are wrong. Resolves to the tokens sent. */
export function answerCase(asked: AskedCase, wrong: number, response: ServerResponse): number {
  const { model, stream = false } = asked;
  const said = answerTo(asked, wrong);
  if (said.refused !== undefined) {
    const { status, message } = said.refused;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message, type: "invalid_request_error" } }));
    return 0;
  }
  const deltas = deltasOf(said);
  if (stream) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    const frames = deltas.map((delta) => chunk(model, delta)).join("");
    response.end(frames + lastFrames(model, finishOf(said), deltas.length));
  } else {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(wholeOf(model, said, deltas.length)));
  }
  return deltas.length;
}

function answerTo({ model, messages = [] }: AskedCase, wrong: number): Said {
  const last = messages.findLastIndex(({ role }) => role === "user");
  const prompts = messages.filter(({ role }) => role === "user").length;
  const step = messages.slice(last + 1).filter(({ role }) => role === "assistant").length;
  const text = messages[last]?.content;
  const test = VITRINE_1.cases.find((each) => each.prompts[prompts - 1]?.text === text);
  const steps = (test === undefined ? undefined : GOOD_ANSWERS[test.id]?.[prompts - 1]) ?? [];
  if (step === 0 && isWrong(model, wrong)) return UNKNOWN;
  return steps[step] ?? steps.at(-1) ?? UNKNOWN;
}

function isWrong(model: string, wrong: number): boolean {
  const count = counts.get(model) ?? 0;
  counts.set(model, count + 1);
  return (count * STRIDE) % 100 < wrong;
}

function finishOf({ finish, calls = [] }: Said): string {
  return finish ?? (calls.length > 0 ? "tool_calls" : "stop");
}

/** One token each. */
function deltasOf({ thought = "", text = "", calls = [] }: Said): readonly object[] {
  return [
    ...tokensOf(thought).map((piece) => ({ reasoning_content: piece })),
    ...tokensOf(text).map((piece) => ({ content: piece })),
    ...calls.flatMap(([name, args], index) => [
      { tool_calls: [{ index, id: `call_${index}`, type: "function", function: { name, arguments: "" } }] },
      ...tokensOf(JSON.stringify(args)).map((piece) => ({
        tool_calls: [{ index, function: { arguments: piece } }],
      })),
    ]),
  ];
}

function wholeOf(model: string, said: Said, tokens: number): JsonObject {
  const { thought, text, calls = [] } = said;
  const message = {
    role: "assistant",
    content: text ?? null,
    ...(thought === undefined ? {} : { reasoning_content: thought }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(([name, args], index) => ({
            id: `call_${index}`,
            type: "function",
            function: { name, arguments: JSON.stringify(args) },
          })),
        }),
  };
  return {
    ...head(model),
    object: "chat.completion",
    choices: [{ index: 0, message, finish_reason: finishOf(said) }],
    usage: { prompt_tokens: 12, completion_tokens: tokens, total_tokens: 12 + tokens },
  };
}
