/** What the documents name is there, and what is there is named. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

const ROOT = path.join(import.meta.dirname, "..");
const DECISIONS = path.join(ROOT, "docs/decisions");
const PAGE = /^\d{4}-.+\.md$/u;
const PATH = /\b(?:app|bench|cli|components|e2e|lib|scripts)\/[\w./[\]-]+\.(?:tsx|mjs|ts)\b/gu;

const read = (...names: readonly string[]) => readFileSync(path.join(ROOT, ...names), "utf8");
const pages = ["docs", "docs/decisions"].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.join(folder, name)),
);

it.each(["AGENTS.md", "README.md", ...pages])("%s names only files that exist", (page) => {
  // NAME stands for whatever a newcomer adds.
  const named = [...read(page).matchAll(PATH)].map(([name]) => name).filter((name) => !name.includes("NAME"));
  expect(named.filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([]);
});

it("the tree of the architecture page has every folder of lib, of lib/X and of components", () => {
  const tree = /^## The folders\n+```\n([\s\S]*?)```/mu.exec(read("docs/architecture.md"))?.[1] ?? "";
  /** What stands beside a folder, also in the lines below it that name no other. */
  const beside = (folder: string): string =>
    new RegExp(`^${folder}/(.*\\n(?: .*\\n)*)`, "mu").exec(tree)?.[1] ?? "";
  const folders = ["components", ...foldersOf("lib").map((name) => `lib/${name}`)];
  expect(folders.filter((folder) => beside(folder) === "")).toEqual([]);
  const missing = folders.flatMap((folder) =>
    foldersOf(folder)
      .filter((name) => !beside(folder).includes(`${name}/`))
      .map((name) => `${folder}/${name}`),
  );
  expect(missing).toEqual([]);
});

it("the tree of AGENTS.md names every folder of components, lib, and those in them", () => {
  const tree = /^## Where things go\n+```\n([\s\S]*?)```/mu.exec(read("AGENTS.md"))?.[1] ?? "";
  const rooms = ["components", "lib"].flatMap((top) => foldersOf(top).map((name) => `${top}/${name}`));
  const folders = [...rooms, ...rooms.flatMap((room) => foldersOf(room).map((name) => `${room}/${name}`))];
  expect(folders.filter((folder) => !new RegExp(`\\b${path.basename(folder)}\\b`, "u").test(tree))).toEqual(
    [],
  );
});

it("every decision has its number, status and date, and the index has all of them", () => {
  const rows = readdirSync(DECISIONS)
    .filter((name) => PAGE.test(name))
    .toSorted()
    .map((name) => {
      const [head = "", , status = ""] = read("docs/decisions", name).split("\n");
      const [, number, title] = /^# (\d{4}): (.+)$/u.exec(head) ?? [];
      const [, state, date] = /^Status: (\w+)[^,]*, (\d{4}-\d{2}-\d{2})/u.exec(status) ?? [];
      return `| [${String(number)}](${name}) | ${String(title)} | ${String(state)} | ${String(date)} |`;
    });
  expect(rows.length).toBeGreaterThan(0);
  const index = read("docs/decisions/README.md").split("\n");
  expect(index.filter((line) => line.startsWith("| ["))).toEqual(rows);
  expect(rows.map((row) => Number(row.slice(3, 7)))).toEqual(rows.map((_row, at) => at + 1));
});

/** Folders in a folder, but for fixtures. */
function foldersOf(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("__"))
    .map(({ name }) => name);
}
