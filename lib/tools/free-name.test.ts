import { expect, it } from "vitest";

import { freeName, legalName } from "./free-name";

it("a new tool gets a name nobody has, within 64 characters", () => {
  expect(freeName("weather", new Set(["weather", "weather_2"]))).toBe("weather_3");
  const long = "a".repeat(64);
  expect(freeName(long, new Set([long]))).toBe(`${"a".repeat(62)}_2`);
});

it("any text becomes a name that every provider takes, and nothing no name", () => {
  expect(["listPets", "get /pets/{id}", "7 days", "日本", "__proto__"].map(legalName)).toEqual([
    "listPets",
    "get_pets_id",
    "_7_days",
    "",
    "proto",
  ]);
});
