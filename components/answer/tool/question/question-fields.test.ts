import { describe, expect, it } from "vitest";

import { filledContent, firstFilled, questionFields } from "./question-fields";

const schema = {
  type: "object",
  properties: {
    name: { type: "string", title: "Your name", description: "As on the ticket", minLength: 1 },
    mail: { type: "string", format: "email" },
    days: { type: "integer", minimum: 1, maximum: 30, default: 3 },
    again: { type: "boolean", default: true },
    color: { type: "string", enum: ["r", "g"], enumNames: ["Red", "Green"] },
    size: { type: "string", oneOf: [{ const: "s", title: "Small" }, { const: "l" }] },
    extras: { type: "array", items: { type: "string", enum: ["bike", "boat"] } },
  },
  required: ["name", "color"],
};

describe("questionFields", () => {
  it("asks for each kind in a field of its own, with what the schema says of it", () => {
    expect(questionFields(schema)).toMatchObject([
      { kind: "text", title: "Your name", description: "As on the ticket", isRequired: true, least: 1 },
      { kind: "text", input: "email", title: "mail", isRequired: false },
      { kind: "number", isInteger: true, least: 1, most: 30, initial: "3" },
      { kind: "switch", initial: true },
      { kind: "choice", choices: [{ value: "r", label: "Red" }, { label: "Green" }], isRequired: true },
      { kind: "choice", choices: [{ label: "Small" }, { value: "l", label: "l" }] },
      { kind: "choices", choices: [{ value: "bike" }, { value: "boat" }], initial: [] },
    ]);
  });

  it("finds none where the schema has no properties", () => {
    expect(questionFields({ type: "object" })).toEqual([]);
  });
});

describe("filledContent", () => {
  it("gives numbers as numbers and leaves out what is optional and empty", () => {
    const fields = questionFields(schema);
    const filled = { ...firstFilled(fields), name: "Ada", color: "g", extras: ["boat"] };
    expect(filledContent(fields, filled)).toEqual({
      name: "Ada",
      days: 3,
      again: true,
      color: "g",
      extras: ["boat"],
    });
  });
});
