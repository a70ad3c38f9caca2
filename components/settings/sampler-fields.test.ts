import * as fc from "fast-check";
import { expect, it } from "vitest";

import { offSamplers, otherSamplers, readOtherSamplers, withSampler } from "./sampler-fields";

it("the sampler fields set and leave out one field and keep the rest", () => {
  const samplers = { temperature: 0, mirostat: 2 };
  expect(withSampler(samplers, "top_p", 0.9)).toEqual({ temperature: 0, mirostat: 2, top_p: 0.9 });
  expect(withSampler(samplers, "temperature", null)).toEqual({ mirostat: 2 });
});

it("the sampler fields keep fields and others apart, and join them again without loss", () => {
  const key = fc.constantFrom("temperature", "top_k", "seed", "mirostat", "dry_base", "logit_bias");
  const value = fc.oneof(fc.integer(), fc.constant("text"), fc.constant(null));
  fc.assert(
    fc.property(fc.dictionary(key, value), (samplers) => {
      const text = JSON.stringify(otherSamplers(samplers));
      expect(readOtherSamplers(text, samplers)).toEqual({ ok: true, samplers: { ...samplers } });
    }),
  );
});

it("the sampler fields forget the others when the text is emptied, but not the fields", () => {
  const samplers = { temperature: 0.5, mirostat: 2 };
  expect(readOtherSamplers(" ", samplers)).toEqual({ ok: true, samplers: { temperature: 0.5 } });
});

it.each([
  ['{"mirostat": ', 'This is not JSON yet. It looks like {"mirostat": 2}.'],
  ["[1]", 'Write an object, such as {"mirostat": 2}.'],
  ['{"model": "x"}', "model has its own control and is not a sampler."],
])("the sampler fields refuse %s and report why", (text, message) => {
  expect(readOtherSamplers(text, {})).toEqual({ ok: false, message });
});

const refused = (names: readonly string[], why: string) => names.map((name) => ({ name, why }));

it("the sampler fields group the samplers that are off by reason, except those that are set", () => {
  const rejected = [
    ...refused(["top_k", "min_p", "mirostat"], "OpenAI refuses it"),
    ...refused(["temperature", "top_p"], "gpt-5 refuses it"),
  ];
  expect(offSamplers({ temperature: 0.5 }, rejected)).toEqual([
    { why: "gpt-5 refuses it", labels: ["Top p"] },
    { why: "OpenAI refuses it", labels: ["Top k", "Min p"] },
  ]);
  expect(offSamplers({}, [])).toEqual([]);
});
