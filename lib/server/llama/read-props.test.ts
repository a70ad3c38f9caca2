import { expect, it } from "vitest";

import { readLlamaProps } from "./read-props";

it.each([
  [8192, 8192],
  [0, null],
  [-5, null],
  [0.5, null],
  [1e15, null],
  [Number.POSITIVE_INFINITY, null],
  ["8192", null],
])("a context of %j is read as %j tokens", (said, contextLength) => {
  expect(readLlamaProps({ default_generation_settings: { n_ctx: said } })?.contextLength).toBe(contextLength);
});

it("the quantization and a hash of the chat template tell one server from another", () => {
  expect(readLlamaProps({ model_ftype: "Q4_K_M", chat_template: "{{ messages }}" })).toMatchObject({
    quantization: "Q4_K_M",
    templateHash: "f24189f08c85",
  });
  expect(readLlamaProps({ chat_template: "" })).toMatchObject({ quantization: null, templateHash: null });
});
