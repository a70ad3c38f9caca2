import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

const ROOT = path.join(import.meta.dirname, "..");
const FOLDERS = ["app", "bench", "cli", "components", "e2e", "lib", "scripts"];

/** Verbs that no title may begin with. Words that are often a plural noun (calls, names, runs) are not here. */
const VERBS: ReadonlySet<string> = new Set(
  (
    "accepts adds agrees asks assembles blames breaks brings cites closes comes completes compresses " +
    "derives describes dims distinguishes does explains finds folds follows forgets gives goes grows has " +
    "hides holds is keeps knows leads leaves lets lists loses makes means notifies opens puts reads " +
    "refuses repeats says sends sets shows speaks survives takes tells throws treats warns writes"
  ).split(" "),
);

/** The call that a line without indentation begins, and its title on that line or the next. */
const CALL = /^(it|test|describe)\b/u;
const TITLE = /\(\s*(["`])((?:(?!\1)[^\\]|\\.)+)\1/u;

/** Titles of tests outside any `describe` that begin with a bare verb. Pure. */
function withoutSubject(source: string): readonly string[] {
  const lines = source.split("\n");
  let call = "";
  return lines.flatMap((line, index) => {
    call = CALL.exec(line)?.[1] ?? call;
    const isTitled = (CALL.test(line) || /^[\])}]/u.test(line)) && call !== "describe";
    const title = isTitled ? TITLE.exec(`${line}\n${lines[index + 1] ?? ""}`)?.[2] : undefined;
    if (title === undefined) return [];
    const words = title.replaceAll(/wire:B\d+,?\s*/gu, "").split(/[ ,]/u);
    const first = words.find((word) => !["never", "only", "also"].includes(word));
    return VERBS.has(first ?? "") ? [title] : [];
  });
}

describe("a title", () => {
  it("has a subject wherever no describe gives it one", () => {
    const files = FOLDERS.flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        path.join(folder, name),
      ),
    ).filter((file) => /\.(?:test|spec)\.tsx?$/u.test(file));
    const found = [...files, "proxy.test.ts"].flatMap((file) =>
      withoutSubject(readFileSync(path.join(ROOT, file), "utf8")).map((title) => `${file}: ${title}`),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });

  it.each([
    ['it("keeps a key", () => {', ["keeps a key"]],
    ['it("the store keeps a key", () => {', []],
    ['it("wire:B12 never reads zero", () => {', ["wire:B12 never reads zero"]],
    ['it.each(ROWS)("reads %s", () => {', ["reads %s"]],
    ['it.each([\n  ["a", "b"],\n])("reads %s", () => {', ["reads %s"]],
    ['it.each([\n  ["a", "b"],\n] as const)(\n  "reads %s",\n  () => {', ["reads %s"]],
    ["test(`follows ${name}`, async () => {", ["follows ${name}"]],
    ['describe("a key", () => {\n  it("keeps its value", () => {', []],
    ['describe.each([\n  ["a"],\n])("reads %s", () => {', []],
    ['it("lanes are moved", () => {', []],
  ])("of %j is judged by its first word", (source, titles) => {
    expect(withoutSubject(source)).toEqual(titles);
  });
});
