/** For properties of the writers: histories of every kind, from any provider, ended in any way. */
import * as fc from "fast-check";

import { providers } from "@/lib/providers/registry";

import { type PastPart, type PastStep, turnOf } from "./history";

const SIGNED = { type: "replay" as const, id: "", item: { type: "thinking", signature: "SIG" } };

const parts: fc.Arbitrary<PastPart> = fc.oneof(
  fc.record(
    { reasoning: fc.string({ minLength: 1 }), replay: fc.constant(SIGNED) },
    { requiredKeys: ["reasoning"] },
  ),
  fc.record({ text: fc.string({ minLength: 1 }) }),
  fc.record({
    search: fc.constant("web_search"),
    replay: fc.constantFrom([], [{ type: "a" }, { type: "b" }]),
  }),
  fc.record(
    {
      call: fc.constantFrom("add", "weather"),
      callId: fc.constantFrom(null, "", "a", "call_1", "call_2", "functions.f:0", "abcDEF123"),
      input: fc.constantFrom("", "{}", '{"a":1}', '{"a":', "[]", '{"__proto__":{}}'),
      result: fc.constantFrom("", "0", "5"),
    },
    { requiredKeys: ["call", "callId", "input"] },
  ),
);
const steps: fc.Arbitrary<PastStep> = fc.record({
  parts: fc.array(parts, { maxLength: 4 }),
  end: fc.constantFrom("end", "stop", "fail", "cut"),
  from: fc.record({
    provider: fc.oneof(
      fc.constantFrom("anthropic", "llamacpp"),
      fc.constantFrom(...providers.map(({ id }) => id)),
    ),
    dialect: fc.constantFrom("chat-completions", "anthropic"),
  }),
});
export const histories = fc.array(
  fc.array(steps, { maxLength: 3 }).map((turnSteps) => ({ prompt: "p", turn: turnOf(...turnSteps) })),
  { minLength: 1, maxLength: 4 },
);
