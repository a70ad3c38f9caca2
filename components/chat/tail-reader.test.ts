import { describe, expect, it } from "vitest";

import { openTailReader } from "./tail-reader";

describe("openTailReader", () => {
  it("finds the string that is still arriving", () => {
    const tailOf = openTailReader();
    const input = '{"location": "Flor';
    expect(input.slice(tailOf(input))).toBe('"Flor');
  });

  it("gives the same offset however the text grew", () => {
    const input = '{"a": [1, 2], "b": "x';
    const grown = openTailReader();
    for (let end = 0; end <= input.length; end += 1) grown(input.slice(0, end));
    expect(grown(input)).toBe(openTailReader()(input));
  });

  it("starts again when the text is another one", () => {
    const tailOf = openTailReader();
    tailOf('{"a": "long text');
    expect(tailOf('{"b": tr')).toBe('{"b": '.length);
  });
});
