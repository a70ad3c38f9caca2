/** What a chat server sends beyond what Vitrine knows is shown, or named. */
import * as fc from "fast-check";
import { expect, it } from "vitest";

import { calls, delta, DONE, foldText } from "@/lib/providers/__fixtures__/fold-chat";
import { briefParts, sse, warningCodes } from "@/lib/providers/__fixtures__/fold-wire";
import { readCase } from "@/lib/providers/__fixtures__/read-case";
import type { JsonObject } from "@/lib/stream/turn/json";

const end = delta({}, "stop");

it("the reader shows the pictures of an answer in their place", () => {
  const { parts } = foldText(readCase("images-in-delta.sse"));
  expect(parts).toMatchObject([
    { type: "text", text: "Here is your drawing: " },
    {
      type: "image",
      image: { kind: "data", mediaType: "image/png", base64: expect.stringMatching(/^iVBOR/) },
    },
  ]);
});

it("the reader names a picture that it does not show, and loads nothing", () => {
  const step = foldText(
    sse(delta({ images: [{ image_url: { url: "https://a.example/x.png" } }, { odd: 1 }] }), end, DONE),
  );
  expect(step.parts).toMatchObject([
    { type: "image", image: { kind: "left-out", url: "https://a.example/x.png" } },
    { type: "unknown", name: "image", json: { odd: 1 } },
  ]);
});

it("the reader shows an item of content of an unknown type as what it is", () => {
  const item = { type: "drawing", strokes: [1, 2] };
  expect(briefParts(foldText(sse(delta({ content: [item] }), end, DONE)))).toEqual([
    ["unknown", "drawing", item],
  ]);
});

it("the reader keeps the sources of a text, also those that come before it", () => {
  const annotation = {
    type: "url_citation",
    url_citation: { url: "https://a.example", title: "A", start_index: 0, end_index: 2 },
  };
  const expected = [{ url: "https://a.example", title: "A", quote: null, start: 0, end: 2 }];
  for (const chunks of [
    [delta({ annotations: [annotation] }), delta({ content: "Hi" })],
    [delta({ content: "Hi" }), delta({ annotations: [annotation] })],
  ])
    expect(foldText(sse(...chunks, end, DONE)).parts).toMatchObject([{ text: "Hi", citations: expected }]);
});

it("the reader names a field that holds something once, and none that holds nothing", () => {
  const odd = { audio: { data: "x" }, nothing: null, empty: "", no: false, zero: 0 };
  const step = foldText(sse(delta({ content: "a", ...odd }), delta({ content: "b", ...odd }), end, DONE));
  expect(warningCodes(step)).toEqual(["field-delta.audio"]);
});

it("the reader loses no marker that comes in an unknown field or item, wherever it stands", () => {
  const name = fc.stringMatching(/^[a-z]{3,12}$/).map((word) => `x_${word}`);
  const holder = fc.constantFrom(
    "chunk",
    "choice",
    "delta",
    "call",
    "function",
    "content",
    "image",
    "annotation",
  );
  const value = fc.constantFrom<(marker: string) => JsonObject | string>(
    (marker) => marker,
    (marker) => ({ deep: { er: marker } }),
  );
  fc.assert(
    fc.property(name, holder, value, (field, where, wrap) => {
      const odd = { [field]: wrap("MARK7") };
      const chunks: { readonly [key: string]: JsonObject } = {
        chunk: { ...delta({ content: "a" }), ...odd },
        choice: { choices: [{ index: 0, delta: { content: "a" }, ...odd }] },
        delta: delta({ content: "a", ...odd }),
        call: calls({ index: 0, id: "c", function: { name: "f", arguments: "{}" }, ...odd }),
        function: calls({ index: 0, id: "c", function: { name: "f", arguments: "{}", ...odd } }),
        content: delta({ content: [{ type: field, ...odd }] }),
        image: delta({ images: [odd] }),
        annotation: delta({ annotations: [odd] }),
      };
      const step = foldText(sse(chunks[where] ?? {}, end, DONE));
      expect(JSON.stringify([step.parts, step.warnings])).toContain("MARK7");
    }),
  );
});
