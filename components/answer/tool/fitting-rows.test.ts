import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Json } from "@/lib/stream/turn/json";

import { fittingRows, isContainer } from "./fitting-rows";

const names = (value: Json, room: number) =>
  isContainer(value) ? fittingRows(value, room).map((row) => row.name) : [];

/** All rows that a tree draws at first. */
function drawn(value: Json, room: number): number {
  if (!isContainer(value)) return 0;
  return fittingRows(value, room).reduce((total, row) => total + 1 + drawn(row.value, row.room), 0);
}

function sizeOf(value: Json): number {
  if (!isContainer(value)) return 0;
  return Object.values(value).reduce((total: number, child) => total + 1 + sizeOf(child), 0);
}

function depthOf(value: Json): number {
  if (!isContainer(value)) return 0;
  return Object.values(value).reduce((deepest: number, child) => Math.max(deepest, 1 + depthOf(child)), 0);
}

const anyJson = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));
const record = (id: number): Json => ({ id, name: "Ada", tags: ["a", "b"] });
const records = Array.from({ length: 500 }, (_, id) => record(id));

describe("the choice of rows that fit", () => {
  it("shows all keys of an object before the items of a long list in it", () => {
    expect(names({ rows: records, last: "end" }, 200)).toEqual(["rows", "last"]);
    expect(drawn({ rows: records, last: "end" }, 200)).toBeLessThanOrEqual(200);
  });

  it("shows the records of a list whole or not yet", () => {
    // Six rows each: its own, three keys, two tags.
    expect(names(records, 20)).toEqual(["0", "1", "2"]);
    expect(drawn(records, 20)).toBe(18);
  });

  it("shows one row where there is no room, so that a deep branch is shown to its end", () => {
    const deep = Array.from({ length: 100 }).reduce<Json>((inner) => [inner], "leaf");
    expect(drawn(deep, 10)).toBe(100);
  });

  it("shows the beginning of an item that is too long", () => {
    expect(names([records], 20)).toEqual(["0"]);
    expect(drawn([records], 20)).toBe(19);
  });

  it("leaves out nothing that fits; otherwise shows as many rows as fit, each with one branch to its end at most", () => {
    fc.assert(
      fc.property(anyJson, fc.integer({ min: 1, max: 60 }), (json, room) => {
        if (sizeOf(json) <= room) expect(drawn(json, room)).toBe(sizeOf(json));
        else expect(drawn(json, room)).toBeLessThanOrEqual(room * Math.max(1, depthOf(json)));
      }),
    );
  });
});
