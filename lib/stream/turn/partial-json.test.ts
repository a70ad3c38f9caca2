import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { openPartialJson, type PartialJson } from "./partial-json";

function write(text: string, size = 1): PartialJson {
  const json = openPartialJson();
  for (let from = 0; from < text.length; from += size) json.write(text.slice(from, from + size));
  return json;
}

describe("what is shown of arguments that are still arriving", () => {
  it.each<readonly [string, unknown, string]>([
    ["", undefined, ""],
    ["{", {}, ""],
    ['{"ci', {}, '"ci'],
    ['{"city"', {}, ""],
    ['{"city":"Flo', { city: "Flo" }, '"Flo'],
    ['{"city":"a\\', { city: "a" }, '"a\\'],
    ['{"city":"\\u00e', { city: "" }, '"\\u00e'],
    ['{"city":"Florence"', { city: "Florence" }, ""],
    ['{"n":12', {}, "12"],
    ['{"n":12,', { n: 12 }, ""],
    ['{"ok":tru', {}, "tru"],
    ['{"list":[1,{"a":"x', { list: [1, { a: "x" }] }, '"x'],
  ])("%s", (text, value, tail) => {
    const json = write(text);
    expect({ value: json.value(), tail: text.slice(json.tailStart()), state: json.state() }).toEqual({
      value,
      tail,
      state: "open",
    });
  });

  it("is complete when the outermost value closes", () => {
    const json = write('{"a":[true,false,null,-1.5e3,"\\n"]} ');
    expect({ value: json.value(), state: json.state() }).toEqual({
      value: { a: [true, false, null, -1500, "\n"] },
      state: "complete",
    });
  });

  it.each(['{"a":1}{', "{a", '{"a":01,', '{"a" "b"', '{"a":]', '{"a":1,}', "[1}", '{"a":"\\x"', '{"a":nul,'])(
    "stops at what cannot be JSON and keeps everything before it: %s",
    (text) => {
      expect(write(text).state()).toBe("broken");
      expect(write(`${text}{"more":1}`).value()).toEqual(write(text).value());
    },
  );

  it("marks the text from the character that broke it", () => {
    const text = '{"a":1} x';
    expect(text.slice(write(text).tailStart())).toBe("x");
  });

  it("keeps keys of prototypes as keys", () => {
    const value = write('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}').value();
    expect(JSON.stringify(value)).toBe(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    );
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("refuses nesting that no tree view could show", () => {
    expect(write("[".repeat(100_000), 100).state()).toBe("broken");
  });
});

it("the partial parser agrees with JSON.parse on every value, however it is cut", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      (value, size, pretty) => {
        const text = JSON.stringify({ value }, null, pretty ? 2 : 0);
        const json = write(text, size);
        expect(json.state()).toBe("complete");
        expect(JSON.stringify(json.value())).toBe(JSON.stringify(JSON.parse(text)));
      },
    ),
  );
});

it("the partial parser never throws, and never puts the tail outside the text", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    "u",
    "12",
    "true",
    "-",
    ".",
    " ",
    "a",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const json = openPartialJson();
      let length = 0;
      for (const text of pieces) {
        json.write(text);
        length += text.length;
        expect(json.tailStart()).toBeGreaterThanOrEqual(0);
        expect(json.tailStart()).toBeLessThanOrEqual(length);
      }
    }),
  );
});
