import * as fc from "fast-check";
import { expect, it } from "vitest";

import { histories } from "@/lib/providers/dialects/__fixtures__/histories";
import { inputOf, setup } from "@/lib/providers/dialects/__fixtures__/history";
import { writeMessages } from "@/lib/providers/dialects/chat/messages";
import { openCallIds } from "@/lib/providers/dialects/shared/call-ids";
import { providers } from "@/lib/providers/registry";
import type { JsonObject } from "@/lib/stream/turn/json";

const chatProviders = providers.filter(({ speaks }) =>
  speaks.some(({ dialect }) => dialect === "chat-completions"),
);

function roleOf(message: JsonObject | undefined): unknown {
  return message?.["role"];
}

function callsOf(message: JsonObject): readonly JsonObject[] {
  const calls = message["tool_calls"];
  return Array.isArray(calls) ? calls : [];
}

it("the writer makes a history that every provider can read, whatever happened in it and wherever", () => {
  fc.assert(
    fc.property(histories, fc.constantFrom(...chatProviders), (history, provider) => {
      const lane = setup({ provider: provider.id, model: "m" });
      const messages = writeMessages(inputOf(provider, lane, history), () => undefined);
      const ids = messages.flatMap((message) => callsOf(message).map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      for (const [index, message] of messages.entries()) {
        const calls = callsOf(message);
        const answers = messages.slice(index + 1, index + 1 + calls.length);
        expect(answers.map((answer) => ("tool_call_id" in answer ? answer.tool_call_id : null))).toEqual(
          calls.map(({ id }) => id),
        );
        if (roleOf(message) === "user") expect(roleOf(messages[index + 1])).not.toBe("user");
        if (roleOf(message) === "assistant")
          expect(calls.length > 0 || message.content !== undefined).toBe(true);
        for (const { function: called } of calls) {
          expect(called).toEqual({ name: expect.any(String), arguments: expect.stringMatching(/^\{.*\}$/s) });
        }
      }
    }),
  );
});

it("the writer keeps the ids of earlier calls when the history grows, so that a cached prompt stays valid", () => {
  const taken = fc.array(fc.option(fc.constantFrom("a", "call_1", "call_3")), { maxLength: 8 });
  fc.assert(
    fc.property(taken, taken, fc.boolean(), (first, more, nine) => {
      const give = (own: readonly (string | null)[]) => {
        const ids = openCallIds(nine);
        return own.map((id) => ids.take(id, false, () => undefined));
      };
      expect(give([...first, ...more]).slice(0, first.length)).toEqual(give(first));
    }),
  );
});
