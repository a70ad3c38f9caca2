import * as fc from "fast-check";
import { expect, it } from "vitest";

import { canonicalJson } from "./canonical-json";

it.each([
  ['{"a":1,"b":{"c":[1,2]}}', '{ "b" : {"c":[1, 2]}, "a" : 1.0 }'],
  ['{"city":"Florence"}', String.raw`{"city":"\u0046lorence"}`],
  ['{"n":0}', '{"n":-0.0}'],
  ['{"n":1200}', '{"n":1.2e3}'],
  ["Florence", " Florence\n"],
])("the canonical form of %s is that of %s", (one, other) => {
  expect(canonicalJson(one)).toBe(canonicalJson(other));
});

it.each([
  ['{"a":"1"}', '{"a":1}'],
  ['{"a":[1,2]}', '{"a":[2,1]}'],
  ['{"a":[["b",1]]}', '{"a":{"b":1}}'],
  ['{"id":9007199254740993}', '{"id":9007199254740992}'],
  ['{"n":1e400}', '{"n":1e500}'],
  ['{"n":1e-400}', '{"n":0}'],
  ['{"a":"n1"}', '{"a":1}'],
  ['{"city":"Florence"}', '{"city":"Rome"}'],
  ['{"city":"Flor', '{"city":"Flore'],
])("the canonical form of %s is not that of %s", (one, other) => {
  expect(canonicalJson(one)).not.toBe(canonicalJson(other));
});

it("the canonical form does not depend on the order of keys or on white space", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).toReversed());
      expect(canonicalJson(JSON.stringify(reversed, null, 3))).toBe(canonicalJson(JSON.stringify(value)));
    }),
  );
});
