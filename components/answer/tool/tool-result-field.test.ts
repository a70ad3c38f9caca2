import { expect, it } from "vitest";

import { resultKind } from "./tool-result-field";

it.each([
  ["", ""],
  ["0", "JSON"],
  ["false", "JSON"],
  ['{"celsius": 22}', "JSON"],
  ["22 degrees and sunny", "text"],
  ['{"celsius": 22', "text, not valid JSON"],
])("the field of a result names what %j is", (text, kind) => {
  expect(resultKind(text)).toBe(kind);
});
