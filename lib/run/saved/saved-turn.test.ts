import { expect, it } from "vitest";

import {
  buildCall,
  buildImage,
  buildProviderCall,
  buildReasoning,
  buildStep,
  buildText,
  buildUnknown,
} from "@/lib/stream/turn/__fixtures__/build-step";

import { turnSchema } from "./saved-turn";

it("the reader of saved turns returns every kind of part as it was saved", () => {
  const turn = {
    steps: [
      buildStep({
        costUsd: 0.0012,
        parts: [
          buildReasoning({ tags: { open: "<think>", close: "" } }),
          buildText({ phase: "commentary" }),
          buildText({ phase: "final" }),
          buildCall({ form: "text", input: "SELECT 1" }),
          buildCall({
            status: {
              state: "answered",
              args: { valid: true, value: {} },
              result: { output: "5", isError: false, origin: { by: "page" } },
              at: 950,
              ranFrom: 910,
            },
          }),
          buildProviderCall(),
          buildImage(),
          buildImage({ image: { kind: "left-out", reason: "Too large.", url: null } }),
          buildUnknown(),
        ],
      }),
    ],
  };
  const written: unknown = JSON.parse(JSON.stringify(turn));
  expect(turnSchema.parse(written)).toEqual(turn);
});

it("the reader of saved turns accepts a turn that was saved before texts had phases, thoughts had tags and calls had forms", () => {
  const [{ tags: _tags, ...reasoning }, { phase: _phase, ...text }, { form: _form, ...call }] = [
    buildReasoning(),
    buildText(),
    buildCall(),
  ];
  const old = { steps: [{ ...buildStep(), parts: [reasoning, text, call] }] };
  expect(turnSchema.parse(old)).toEqual({
    steps: [buildStep({ parts: [buildReasoning(), buildText(), buildCall()] })],
  });
});

it("the reader of saved turns takes a step that was saved before its cost was kept as one of unknown cost", () => {
  const { costUsd: _cost, ...old } = buildStep({ costUsd: 0.0012 });
  expect(turnSchema.parse({ steps: [old] })).toEqual({ steps: [buildStep({ costUsd: null })] });
});

it("the reader of saved turns refuses a picture of a type that could run code", () => {
  const image = { kind: "data", mediaType: "image/svg+xml", base64: "PHN2Zy8+" };
  const turn = { steps: [{ ...buildStep(), parts: [{ ...buildImage(), image }] }] };
  expect(turnSchema.safeParse(turn).success).toBe(false);
});
