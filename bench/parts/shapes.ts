import { sessionOf } from "../../e2e/long-session";
/** (c) Answers of extreme shapes: the longest that opening one holds up the page. */
import { openPage } from "../browser/open-page";
import { vitrine } from "../browser/surface";
import type { Lab } from "../lab";
import { importSession, openOther } from "../open-session";
import { type Row, rowOf } from "../row";
import { modelOf } from "../upstream/script";

type Shape = { readonly id: string; readonly what: string; readonly text: string };

const count = (length: number, of: (index: number) => string) =>
  Array.from({ length }, (_, index) => of(index)).join("");

/** The shapes, their largest number times `scale`. */
function shapes(scale: number): readonly Shape[] {
  const of = (most: number) => Math.ceil(most * scale);
  return [
    {
      id: "rows",
      what: "a table of 100,000 rows",
      text: `| a | b |\n|---|---|\n${count(of(100_000), (index) => `| ${index} | x |\n`)}`,
    },
    {
      id: "columns",
      what: "a table of 5,000 columns and 50 rows",
      text: `|${" a |".repeat(of(5_000))}\n|${"-|".repeat(of(5_000))}\n${`|${" x |".repeat(of(5_000))}\n`.repeat(50)}`,
    },
    {
      id: "nested",
      what: "a list of 1,500 levels",
      text: count(of(1_500), (index) => `${"  ".repeat(index)}- a\n`),
    },
    {
      id: "items",
      what: "a numbered list of 8,000 items",
      text: count(of(8_000), (index) => `${index + 1}. item ${index}\n`),
    },
    { id: "entities", what: "20,000 entities", text: "&#x41;".repeat(of(20_000)) },
    {
      id: "fence",
      what: "code of 1,000,000 lines",
      text: `\`\`\`js\n${"x = 1\n".repeat(of(1_000_000))}\`\`\`\n`,
    },
    { id: "line", what: "one line of 5 MB", text: "word ".repeat(of(1_000_000)) },
    { id: "word", what: "one word of 5 MB", text: "x".repeat(of(5_000_000)) },
  ];
}

/** One row a shape. */
export async function shapeRows(lab: Lab, scale: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { id, what, text } of shapes(scale)) {
    rows.push(
      rowOf({
        id: `long.shape.${id}`,
        what: `opening ${what}: longest task`,
        unit: "ms",
        vitrine: await longestTask(lab, id, text),
        gate: { on: "vitrine", is: "at most", limit: 200 },
      }),
    );
  }
  return rows;
}

async function longestTask(lab: Lab, id: string, text: string): Promise<number> {
  const opened = await openPage(lab);
  const { page } = opened;
  try {
    await vitrine(lab).open(page, [modelOf({ kind: "answer", rate: 0, tokens: 10 })]);
    const name = `Shape ${id}`;
    await importSession(page, sessionOf(name, [text]), name);
    await openOther(page);
    await page.keyboard.press("Alt+s");
    const row = page
      .getByRole("list", { name: "Saved comparisons" })
      .getByRole("button", { name: new RegExp(`^${name}`) });
    await row.waitFor();
    await page.evaluate(() => window.benchMeter.start({ pane: "none", output: null, mark: "", count: 0 }));
    await row.click();
    await page.locator("article .markdown:not([aria-busy=true])").waitFor({ timeout: 120_000 });
    // What is drawn last is laid out and near the view.
    await page.waitForTimeout(1_000);
    const { tasks } = await page.evaluate(() => window.benchMeter.read());
    return Math.max(0, ...tasks.map(([, ms]) => ms));
  } finally {
    await opened.close();
  }
}
