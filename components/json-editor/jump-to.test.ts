import { expect, it } from "vitest";

import { inTool } from "./jump-to";

it("a place in a tool is found in any shape that was pasted", () => {
  const schema = { type: "object", properties: { a: {} } };
  const at = "/parameters/properties/a";
  expect([
    inTool(at, { name: "t", parameters: schema }),
    inTool(at, { type: "function", function: { name: "t", parameters: schema } }),
    inTool(at, { name: "t", input_schema: schema }),
    inTool(at, undefined),
  ]).toEqual([
    { pointer: at },
    { pointer: `/function${at}` },
    { pointer: "/input_schema/properties/a" },
    { pointer: at },
  ]);
});
