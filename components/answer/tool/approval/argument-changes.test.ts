import { describe, expect, it } from "vitest";

import { argumentChanges } from "./argument-changes";

describe("argumentChanges", () => {
  it("names what was changed, added and removed, inner values by their path", () => {
    const own = '{"place":"Rome","trip":{"days":2,"by":"train"},"old":true}';
    const edited = '{"trip":{"by":"train","days":3},"place":"Oslo","new":[1]}';
    expect(argumentChanges(own, edited)).toEqual([
      { path: "place", from: '"Rome"', to: '"Oslo"' },
      { path: "trip.days", from: "2", to: "3" },
      { path: "old", from: "true", to: null },
      { path: "new", from: null, to: "[1]" },
    ]);
  });

  it("finds none where only the order and the white space differ", () => {
    expect(argumentChanges('{"a":1,"b":{"c":2}}', '{ "b": {"c": 2}, "a": 1 }')).toEqual([]);
  });

  it("tells numbers apart that JavaScript cannot hold", () => {
    expect(argumentChanges('{"id":7960607143101464577}', '{"id":7960607143101464578}')).toEqual([
      { path: "id", from: "7960607143101464577", to: "7960607143101464578" },
    ]);
  });

  it("shows the model's own text whole where it is not JSON", () => {
    expect(argumentChanges('{"a":', '{"a":1}')).toEqual([{ path: "", from: '{"a":', to: '{"a":1}' }]);
    expect(argumentChanges("", '{"a":1}')).toEqual([{ path: "", from: null, to: '{"a":1}' }]);
  });
});
