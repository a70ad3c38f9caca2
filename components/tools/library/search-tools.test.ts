import { describe, expect, it } from "vitest";

import { sampleTools } from "@/lib/tools/samples";

import { searchTools } from "./search-tools";

const trip = { id: "s", name: "Trip", tools: ["sample-weather", "sample-calendar"] };
const found = (query: string) => searchTools(sampleTools, query, [trip]).map(({ name }) => name);

describe("a search among tools", () => {
  it("finds names and descriptions, whatever their case", () => {
    expect(found("WEATHER")).toEqual(["weather"]);
    expect(found("italian")).toEqual(["translate"]);
  });

  it("needs every word, wherever each stands", () => {
    expect(found("order number")).toEqual(["order_status"]);
    expect(found("order italian")).toEqual([]);
  });

  it("finds the tools of a set by its name", () => {
    expect(found("trip")).toEqual(expect.arrayContaining(["weather", "calendar"]));
    expect(found("trip weather")).toEqual(["weather"]);
  });

  it("leaves the list as it is where nothing is typed", () => {
    expect(searchTools(sampleTools, "  ")).toBe(sampleTools);
  });
});
