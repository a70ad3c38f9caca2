import * as fc from "fast-check";

/** Any JSON, but for keys that could reach a prototype: those are refused, which is a promise of its own. */
export function safeJson(maxDepth: number): fc.Arbitrary<unknown> {
  return fc.jsonValue({ maxDepth }).filter((value) => !/__proto__|constructor/.test(JSON.stringify(value)));
}
