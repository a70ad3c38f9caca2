import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { wholeText } from "@/lib/markdown/growing-text";

import { openArgumentsReader } from "./arguments-reader";

const call = (input: string) => wholeText(input, true);

describe("openArgumentsReader", () => {
  it("finds the string that is still arriving", () => {
    expect(openArgumentsReader("json")(call('{"location": "Flor'))).toEqual({
      before: 0,
      complete: '{"location": ',
      tail: '"Flor',
    });
  });

  it("gives the same however the arguments grew", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.array(fc.nat(60), { maxLength: 8 }), (text, cuts) => {
        const grown = openArgumentsReader("json");
        for (const cut of cuts.toSorted((a, b) => a - b)) grown(call(text.slice(0, cut)));
        expect(grown(call(text))).toEqual(openArgumentsReader("json")(call(text)));
      }),
    );
  });

  it("shows the end of long arguments and counts what it leaves out", () => {
    const { before, complete, tail } = openArgumentsReader("json")(call(`{"a": "${"x".repeat(3_000)}`));
    expect([before, complete, tail.length]).toEqual([1_007, "", 2_000]);
  });

  it("marks no tail in free text, which is no JSON", () => {
    expect(openArgumentsReader("text")(call("SELECT 1"))).toEqual({
      before: 0,
      complete: "SELECT 1",
      tail: "",
    });
  });

  it("starts again when the arguments are others", () => {
    const read = openArgumentsReader("json");
    read(call('{"a": "long text'));
    expect(read(call('{"b": tr'))).toEqual({ before: 0, complete: '{"b": ', tail: "tr" });
  });
});
