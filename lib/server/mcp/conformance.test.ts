/** The table in docs/mcp.md is what the conformance suites find. */
import { readFile } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { runConformance } from "./__fixtures__/conformance";
import { type McpLab, startMcpLab } from "./__fixtures__/mcp-lab";

let lab: McpLab;
beforeAll(async () => {
  lab = await startMcpLab({});
});
afterAll(() => lab.close());

/** What the document says of each scenario of a package, by the column of the package. */
async function documented(column: number): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(path.join(import.meta.dirname, "..", "..", "..", "docs", "mcp.md"), "utf8");
  const rows = text
    .slice(text.indexOf("| scenario |"))
    .split("\n")
    .slice(2)
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter((cells) => cells.length > column);
  return Object.fromEntries(
    rows
      .map((cells) => [cells[1]?.replaceAll("`", "") ?? "", cells[column] ?? ""])
      .filter(([, verdict]) => verdict !== "–"),
  );
}

it.each([
  ["@modelcontextprotocol/conformance", 2],
  ["conformance-next", 3],
])(
  "%s finds what the document says",
  async (packageName, column) => {
    const outcomes = await runConformance(packageName, lab);
    const expected = await documented(column);
    expect(Object.keys(outcomes)).toEqual(Object.keys(expected).toSorted());
    expect([passing(outcomes), outcomes]).toEqual([passing(expected), outcomes]);
  },
  300_000,
);

function passing(outcomes: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(outcomes)
    .filter((scenario) => outcomes[scenario] === "passes")
    .toSorted();
}
