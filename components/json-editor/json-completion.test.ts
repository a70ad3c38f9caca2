import * as fc from "fast-check";
import { expect, it } from "vitest";

import { parametersSchema, toolJsonSchema } from "@/components/tools/tool-schema";

import { optionsAt, cursorAt } from "./json-completion";

/** Labels offered at the `|` of a text. */
function offered(marked: string, schema = toolJsonSchema): readonly string[] {
  const position = marked.indexOf("|");
  const text = marked.replace("|", "");
  const cursor = cursorAt(text, position);
  return cursor === null ? [] : optionsAt(schema, cursor, text).map(({ label }) => label);
}

it("the editor offers the names of a tool, required ones marked", () => {
  expect(offered("{|}")).toEqual(['"name"', '"description"', '"parameters"', '"strict"']);
});

it("the editor leaves out names that are there already", () => {
  expect(offered('{"name": "weather", |}')).toEqual(['"description"', '"parameters"', '"strict"']);
});

it("the editor completes a half-typed name, with and without its quote", () => {
  expect(offered('{"name": "x", "des|}')).toContain('"description"');
  expect(offered('{"name": "x", des|}')).toContain('"description"');
  expect(offered('{"na|": 1}')).toContain('"description"');
});

it("the editor offers the values of an enum right after the colon and inside a string", () => {
  expect(offered('{"parameters": {"type": |}}').slice(0, 3)).toEqual(['"string"', '"number"', '"integer"']);
  expect(offered('{"parameters": {"type": "ob|"}}')).toContain('"object"');
});

it("the editor follows references into nested properties", () => {
  const text = '{"properties": {"place": {"properties": {"city": {"type": "string", |}}}}}';
  expect(offered(text, parametersSchema)).toContain('"enum"');
  expect(offered(text, parametersSchema)).not.toContain('"type"');
});

it("the editor offers true and false where a boolean belongs", () => {
  expect(offered('{"strict": |}')).toEqual(["true", "false"]);
});

it("the editor offers the properties beside it in required, and none twice", () => {
  const text = '{"properties": {"a": {}, "b": {}}, "required": ["a", |]}';
  expect(offered(text, parametersSchema)).toEqual(['"b"']);
});

it("the editor offers what a schema gives as its default and as examples, each once, before what its type starts with", () => {
  const schema = {
    properties: { place: { type: "string", default: "Oslo", examples: ["Florence", "Oslo"] } },
  };
  expect(offered('{"place": |}', schema)).toEqual(['"Oslo"', '"Florence"', '""']);
});

it("the editor shows hidden characters of a name and of its description, and inserts the name as it is", () => {
  const schema = { properties: { "a\u202Eb": { description: `\u200B${"long ".repeat(1_000)}` } } };
  const cursor = cursorAt("{", 1) ?? expect.unreachable();
  const [option] = optionsAt(schema, cursor, "{");
  expect(option).toMatchObject({
    displayLabel: expect.stringContaining("U+202E"),
    info: expect.stringMatching(/^.*U\+200B.*…$/u),
    apply: '"a\u202Eb": ',
  });
  expect(String(option?.info).length).toBeLessThan(500);
});

it("the editor follows a schema that branches at every level without multiplying its branches", () => {
  const branches = Array.from({ length: 30 }, (_, index) => ({
    properties: { a: { $ref: "#" }, [`b${index}`]: {} },
  }));
  const text = `${'{"a": '.repeat(12)}{|`;
  expect(offered(text, { anyOf: branches })).toEqual(expect.arrayContaining(['"a"', '"b0"', '"b29"']));
});

it("the editor offers nothing after a finished value", () => {
  expect(offered('{"name": "x" |}')).toEqual([]);
});

it("the editor survives the cursor anywhere in any text", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    '"',
    "properties",
    "type",
    " ",
    "1",
    "true",
    "\n",
    "\\",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(), (pieces, at) => {
      const text = pieces.join("");
      const cursor = cursorAt(text, at % (text.length + 1));
      if (cursor !== null) optionsAt(toolJsonSchema, cursor, text);
    }),
  );
});
