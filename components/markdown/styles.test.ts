import { readFileSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

const SHEETS = ["markdown.css", "../answer/answer.css", "../answer/parts.css"];

it("no style of an answer looks into a box: the browser would do so again for each word that comes", () => {
  const found = SHEETS.filter((name) =>
    readFileSync(path.join(import.meta.dirname, name), "utf8").includes(":has("),
  );
  expect(found).toEqual([]);
});
