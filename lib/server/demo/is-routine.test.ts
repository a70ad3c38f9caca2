import { expect, it } from "vitest";

import { isRoutine } from "./serve.mjs";

it.each([
  ["0.11.797.531 I srv          init: model loaded", true],
  ["0.11.791.121 W srv          init: chat template supports preserving reasoning", true],
  ["0.02.104.003 E srv    load_model: failed to load model, 'lab.gguf'", false],
  ["RuntimeError: couldn't bind HTTP server socket", false],
  ["", false],
])("a log line that explains an end is told from one that does not: %s", (line, expected) => {
  expect(isRoutine(line)).toBe(expected);
});
