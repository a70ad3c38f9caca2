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

/** How a describe begins that is no subject, or one whose number its first words do not show. */
const NO_NOUN = /^(?:how|what|where|whether|who|\w+ing\b|%|\w*[a-z][A-Z]|[A-Z])/u;
const HAS_VERB = /\b(?:are|goes|has|have|is|takes)\b/u;
const AFTER_NOUN =
  /,|\s(?:after|among|as|at|before|behind|beside|between|by|for|from|in|into|of|on|over|that|to|under|where|which|while|whose|with|without)\s/u;
const PLURAL_VERBS: ReadonlySet<string> = new Set([
  "are",
  "have",
  "do",
  "keep",
  "say",
  "give",
  "take",
  "show",
]);

/** Titles inside a `describe` whose verb does not agree with the describe, which is their subject. Pure. */
function disagreeing(source: string): readonly string[] {
  const lines = source.split("\n");
  let open: { readonly indent: number; readonly call: string } | null = null;
  let describes: readonly { readonly indent: number; readonly title: string }[] = [];
  return lines.flatMap((line, index) => {
    const [, space = "", call] = /^(\s*)(?:test\.)?(it|test|describe)\b/u.exec(line) ?? [];
    const indent = /^\s*/u.exec(line)?.[0].length ?? 0;
    if (call !== undefined) open = { indent: space.length, call };
    if (open === null || open.indent !== indent) return [];
    if (call === undefined && !/^\s*[\])}]/u.test(line)) return [];
    const title = TITLE.exec(`${line}\n${lines[index + 1] ?? ""}`)?.[2];
    if (title === undefined) return [];
    describes = describes.filter((each) => each.indent < indent);
    const isDescribe = open.call === "describe";
    open = null;
    if (isDescribe) {
      describes = [...describes, { indent, title }];
      return [];
    }
    const subject = describes.at(-1)?.title;
    return subject === undefined || agrees(subject, title) ? [] : [`${subject} / ${title}`];
  });
}

function agrees(subject: string, title: string): boolean {
  if (NO_NOUN.test(subject) || HAS_VERB.test(subject)) return true;
  const noun = subject.split(AFTER_NOUN)[0] ?? "";
  const isPlural = / and /u.test(noun) || /[^s'u]s$/u.test(noun);
  const words = title.replaceAll(/wire:B\d+,?\s*/gu, "").split(/[ ,]/u);
  const first = words.find((word) => !["never", "only", "also", "still", "always"].includes(word)) ?? "";
  return isPlural ? !VERBS.has(first) : !PLURAL_VERBS.has(first);
}

/** Files with tests, from the root. */
function testFiles(): readonly string[] {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      path.join(folder, name),
    ),
  ).filter((file) => /\.(?:test|spec)\.tsx?$/u.test(file));
  return [...files, "proxy.test.ts"];
}

describe("a title", () => {
  it("has a subject wherever no describe gives it one", () => {
    const files = testFiles();
    const found = files.flatMap((file) =>
      withoutSubject(readFileSync(path.join(ROOT, file), "utf8")).map((title) => `${file}: ${title}`),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });

  it("agrees with the describe that is its subject", () => {
    const found = testFiles().flatMap((file) =>
      disagreeing(readFileSync(path.join(ROOT, file), "utf8")).map((title) => `${file}: ${title}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['describe("calls", () => {\n  it("reads a name", () => {', ["calls / reads a name"]],
    ['describe("calls of a model", () => {\n  it("are read", () => {', []],
    ['describe("a call", () => {\n  it("are read", () => {', ["a call / are read"]],
    ['describe("the reader of calls", () => {\n  it("reads a name", () => {', []],
    ['describe("calls", () => {\n  it("a name is read", () => {', []],
    ['describe("calls", () => {\n  it.each([\n    1,\n  ])("reads %s", () => {', ["calls / reads %s"]],
    ['describe("a", () => {\n});\nit("are read", () => {', []],
  ])("of %j is judged with its describe", (source, titles) => {
    expect(disagreeing(source)).toEqual(titles);
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
