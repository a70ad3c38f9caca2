import { describe, expect, it } from "vitest";

import type { MockRule } from "@/lib/tools/tool";

import { cellText, moved, readCell, ruleColumns, withCell } from "./rule-cells";

const rule = (when: MockRule["when"]): MockRule => ({ when, result: { output: "", isError: false } });
const city = { name: "city", isText: true };
const days = { name: "days", isText: false };

describe("a rule's cells", () => {
  it("have a column for each argument of the schema and for those that only rules name", () => {
    const parameters = { properties: { city: { type: "string" }, days: { type: "integer" } } };
    expect(ruleColumns(parameters, [rule({ old: "x" }), rule("*")])).toEqual([
      city,
      days,
      { name: "old", isText: true },
    ]);
  });

  it("hold text as it is, and JSON where an argument is more than text", () => {
    expect([readCell("5", city), readCell("5", days), readCell(" ", days), readCell("*", days)]).toEqual([
      { ok: true, value: "5" },
      { ok: true, value: 5 },
      { ok: true, value: undefined },
      { ok: true, value: "*" },
    ]);
    expect(readCell("soon", days)).toMatchObject({ ok: false });
  });

  it("read back as they were written", () => {
    const full = withCell(withCell(rule("*"), city, "Rome*"), days, [1, 2]);
    expect(full.when).toEqual({ city: "Rome*", days: [1, 2] });
    expect([cellText(full, city), cellText(full, days), cellText(rule("*"), city)]).toEqual([
      "Rome*",
      "[1,2]",
      "",
    ]);
  });

  it("match every call once all of them are empty", () => {
    expect(withCell(rule({ city: "Rome" }), city, undefined).when).toBe("*");
  });
});

it("a list keeps its items when one moves, and stays as it is at its ends", () => {
  const list = ["a", "b", "c"];
  expect([moved(list, 0, 2), moved(list, 2, 1)]).toEqual([
    ["b", "c", "a"],
    ["a", "c", "b"],
  ]);
  expect([moved(list, 0, -1), moved(list, 2, 3)]).toEqual([list, list]);
});
