/** Every field that any dialect writes is accounted for, and nothing that a lane did not set is passed off as set. */
import { describe, expect, it } from "vitest";

import { plainSetup } from "@/lib/providers/plain-setup";
import type { LaneSetup } from "@/lib/providers/provider";
import { providers } from "@/lib/providers/registry";
import { prepareStep } from "@/lib/run/prepare-step";
import { emptyTurn } from "@/lib/stream/turn/fold";

import { explainRequest } from "./explain-request";

function explained(more: Partial<LaneSetup> & Pick<LaneSetup, "provider">) {
  const setup: LaneSetup = { ...plainSetup({ provider: more.provider, model: more.model ?? "m" }), ...more };
  const prepared = prepareStep({
    setup,
    tools: [],
    history: [{ prompt: "Hi", turn: emptyTurn() }],
    reply: null,
    keyHeld: true,
  });
  if (!prepared.ok) throw new Error(prepared.error.message);
  const { body, speech } = prepared.step;
  return { body, fields: explainRequest(body, setup, speech) };
}

describe("the fields of a request", () => {
  const known = providers
    .filter(({ unsupported }) => unsupported === undefined)
    .flatMap(({ id, speaks, addedOnly }) =>
      speaks.map(
        ({ dialect }) => [id, dialect, addedOnly === true ? "http://127.0.0.1:1/v1" : null] as const,
      ),
    );

  it.each(known)("are each named once with a reason, at %s in %s", (provider, dialect, endpoint) => {
    for (const more of [{}, { effort: "high", maxTokens: 9, system: "Be brief." }]) {
      const { body, fields } = explained({ provider, dialect, endpoint, ...more });
      expect(fields.map(({ name }) => name)).toEqual(Object.keys(body));
      expect(fields.filter(({ why }) => why === "")).toEqual([]);
    }
  });

  it.each(known)(
    "of a lane without settings are its model, its conversation and what was added, at %s in %s",
    (provider, dialect, endpoint) => {
      const { fields } = explained({ provider, dialect, endpoint });
      const asSet = fields.filter(({ origin }) => origin === "as set").map(({ name }) => name);
      expect(["model", "messages", "input", "contents"]).toEqual(expect.arrayContaining(asSet));
    },
  );
});

it("what llama.cpp is sent says what was added and what became of an effort", () => {
  const { fields } = explained({ provider: "llamacpp", effort: "low", samplers: { temperature: 0 } });
  expect(fields.map(({ name, origin }) => `${name}: ${origin}`)).toEqual([
    "model: as set",
    "messages: as set",
    "timings_per_token: added",
    "return_progress: added",
    "reasoning_control: added",
    "temperature: as set",
    "reasoning_effort: mapped",
    "chat_template_kwargs: mapped",
    "stream: added",
    "stream_options: added",
  ]);
  expect(fields.find(({ name }) => name === "reasoning_effort")?.why).toBe("effort low");
});
