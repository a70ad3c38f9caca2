import * as fc from "fast-check";
import { expect, it } from "vitest";

import { rankAll } from "./rank";

const models = ["openai/gpt-oss-20b", "gpt-oss-120b", "gemma-3-4b", "moonshotai/kimi-k2"];
const find = (query: string) => rankAll(models, query, (model) => model);

it("the ranking keeps everything in order while nothing is typed", () => {
  expect(find("  ")).toEqual(models);
});

it("the ranking puts a text that begins with the query before one that contains it", () => {
  expect(find("gpt")).toEqual(["gpt-oss-120b", "openai/gpt-oss-20b"]);
});

it("the ranking asks for every word, in any order and case", () => {
  expect(find("20B GPT")).toEqual(["openai/gpt-oss-20b", "gpt-oss-120b"]);
  expect(find("gpt gemma")).toEqual([]);
});

it("the ranking puts words that stand together as typed before the same words apart", () => {
  const commands = ["Compare numbers of the newest answers", "Open and compare answers", "Compare answers"];
  expect(rankAll(commands, "compare  Answers", (command) => command)).toEqual([
    "Compare answers",
    "Open and compare answers",
    "Compare numbers of the newest answers",
  ]);
});

it("the ranking finds a text by any part of itself", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (text, from, length) => {
      const part = text.toLowerCase().slice(from % text.length, (from % text.length) + 1 + (length % 8));
      expect(rankAll([text], part, (item) => item)).toEqual([text]);
    }),
  );
});
