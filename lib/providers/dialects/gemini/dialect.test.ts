import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { geminiPath } from "./dialect";

const path = (model: string, stream = true): string => geminiPath({ model, stream });

it("the path asks for events where the answer is streamed, and for one answer where it is not", () => {
  expect(path("gemini-2.5-flash")).toBe("/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
  expect(path("gemini-2.5-flash", false)).toBe("/models/gemini-2.5-flash:generateContent");
});

describe("a model's name", () => {
  it.each([
    ["models/gemini-2.5-flash", "/models/gemini-2.5-flash"],
    ["publishers/google/models/gemini-2.5-flash", "/models/gemini-2.5-flash"],
    ["tunedModels/mine-x1", "/tunedModels/mine-x1"],
    ["google/gemini", "/models/google%2Fgemini"],
    ["../../x", "/models/..%2F..%2Fx"],
    ["x?key=1#y", "/models/x%3Fkey%3D1%23y"],
    ["x:deleteModel", "/models/x%3AdeleteModel"],
    ["models/", "/models/models%2F"],
    ["\uD800", "/models/%EF%BF%BD"],
  ])("%j has its place in the path", (model, modelPath) => {
    expect(path(model, false)).toBe(`${modelPath}:generateContent`);
  });

  it("cannot leave its place in the path, whatever it is", () => {
    const parts = fc.oneof(
      fc.constantFrom("models/", "tunedModels/", "..", "/", "%2F", ":", "?"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1 }), (pieces) => {
        const { pathname, search, hash } = new URL(`https://api.example/v1beta${path(pieces.join(""))}`);
        expect(pathname).toMatch(/^\/v1beta\/(?:models|tunedModels)\/[^/:]*:streamGenerateContent$/);
        expect([search, hash]).toEqual(["?alt=sse", ""]);
      }),
    );
  });
});
