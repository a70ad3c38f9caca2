import { expect, it } from "vitest";

import { readLlamaProps } from "./read-props";

it.each([
  [8192, 8192],
  [0, null],
  [-5, null],
  [0.5, null],
  ["8192", null],
])("takes %j tokens of context for %j", (said, contextLength) => {
  expect(readLlamaProps({ default_generation_settings: { n_ctx: said } })?.contextLength).toBe(contextLength);
});
