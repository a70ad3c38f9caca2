/** For properties of the Responses writer: histories of every kind, made here or elsewhere, ended in any way. */
import * as fc from "fast-check";

import { type PastPart, type PastStep, turnOf } from "./history";

/** What the model's own steps of these histories give out; nothing else may come back encrypted. */
export const ENCRYPTED = "e";

const SEARCH = {
  type: "web_search_call",
  id: "ws_1",
  status: "completed",
  action: { type: "search", query: "x" },
};
const encrypted = { type: "reasoning", id: "rs_1", summary: [], encrypted_content: ENCRYPTED };
const parts: fc.Arbitrary<PastPart> = fc.oneof(
  fc.record(
    {
      reasoning: fc.string(),
      replay: fc.constant({ type: "replay" as const, id: "", item: encrypted }),
    },
    { requiredKeys: ["reasoning"] },
  ),
  fc.record(
    { text: fc.string(), replay: fc.constantFrom([], [{ type: "message", id: "msg_1" }]) },
    { requiredKeys: ["text"] },
  ),
  fc.record({
    search: fc.constant("web_search"),
    replay: fc.constantFrom([], [SEARCH]),
  }),
  fc.record(
    {
      call: fc.constantFrom("add", "weather"),
      callId: fc.constantFrom(null, "", "a", "call_1", "call_2", "functions.f:0"),
      input: fc.constantFrom("", "{}", '{"a":1}', '{"a":', "[]", '{"__proto__":{}}'),
      replay: fc.constantFrom([], [{ type: "function_call", id: "fc_1" }]),
      result: fc.constantFrom("", "0", "5"),
    },
    { requiredKeys: ["call", "callId", "input"] },
  ),
);
const steps: fc.Arbitrary<PastStep> = fc.record({
  parts: fc.array(parts, { maxLength: 5 }),
  end: fc.constantFrom("end", "end", "stop", "fail", "cut"),
  from: fc.record({
    provider: fc.constantFrom("openai", "llamacpp"),
    dialect: fc.constantFrom("responses", "chat-completions"),
    model: fc.constantFrom("gpt-5", "gpt-5", "m"),
  }),
});
export const responsesHistories = fc.array(
  fc.array(steps, { maxLength: 3 }).map((turnSteps) => ({ prompt: "p", turn: turnOf(...turnSteps) })),
  { minLength: 1, maxLength: 4 },
);
