import { expect, it } from "vitest";

import { elicitedDefaults } from "./elicited-defaults";

it("a form begins with the defaults of its schema, also those that are empty or false", () => {
  const properties = {
    name: { type: "string", default: "Ada" },
    note: { type: "string", default: "" },
    agreed: { type: "boolean", default: false },
    age: { type: "integer", default: 0 },
    colors: { type: "array", items: { type: "string" }, default: ["red"] },
    none: { type: "string" },
    odd: "no schema",
  };
  const defaults = { name: "Ada", note: "", agreed: false, age: 0, colors: ["red"] };
  expect(elicitedDefaults({ type: "object", properties })).toEqual(defaults);
  expect(elicitedDefaults({})).toEqual({});
});
