import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { ROOMS } from "../oxlint.config.mjs";

const ROOT = path.join(import.meta.dirname, "..");
/** A folder that no room may import. */
const NOWHERE = "@/elsewhere/thing";

let folder = "";
/** Lines of each planted file that lint refused, by file. */
let refused: ReadonlyMap<string, readonly string[]> = new Map();

const SIDEWAYS: readonly (readonly [from: string, to: string])[] = [
  ["components/answer", "components/lane/lane"],
  ["components/json-editor", "components/tools/tool-schema"],
  ["components/json-editor", "components/answer/answer"],
  ["components/tools", "components/settings/settings-panel"],
  ["components/settings", "components/tools/tools-drawer"],
  ["components/lane", "components/screen/playground"],
  ["components/composer", "components/lane/lane"],
  ["lib/tools", "lib/providers/provider"],
  ["lib/stream/turn", "lib/stream/wire/wire"],
  ["lib/stream/wire", "lib/stream/figures/measure"],
  ["lib/run", "lib/tape/exchange"],
  ["lib/tape", "lib/session/store/session"],
  ["lib/tape", "lib/server/environment"],
  ["lib/run", "lib/inspect/frame"],
  ["lib/inspect", "lib/session/store/session"],
  ["lib/code", "lib/session/store/session"],
  ["lib/run", "lib/code/formats"],
  ["components/inspector", "components/lane/lane"],
  ["lib/session", "lib/server/environment"],
  ["lib/server", "lib/session/store/session"],
  ["lib/providers/dialects/chat", "lib/providers/dialects/gemini/reader"],
  ["cli", "lib/session/store/session"],
  ["app", "lib/server/environment"],
  ["app/token", "lib/server/guard/token"],
  ["app/api/chat", "components/screen/playground"],
  ["scripts", "app/page"],
  ["bench", "app/page"],
  ["e2e", "app/page"],
];

/** Relative paths out of a folder, and those that stay among what the room may import. */
const OUTWARD: readonly (readonly [file: string, to: string])[] = [
  ["scripts/outward.ts", "../app/page"],
  ["scripts/start/outward.ts", "../../app/page"],
  ["bench/outward.ts", "../app/page"],
  ["bench/outward-root.ts", "../proxy"],
  ["bench/browser/outward.ts", "../../cli/main"],
  ["e2e/outward.ts", "../app/page"],
  ["e2e/strict/outward.ts", "../../components/lane/lane"],
  ["lib/run/outward.ts", "../stream/turn/event"],
  ["components/lane/outward.ts", "../answer/answer"],
  ["cli/outward.ts", "../lib/run/run-turn"],
];
const INWARD: readonly (readonly [file: string, to: string])[] = [
  ["scripts/inward.ts", "../e2e/screen"],
  ["bench/browser/inward.ts", "../lab"],
  ["bench/parts/inward.ts", "../../e2e/app"],
  ["bench/inward.ts", "../scripts/find-chromium.mjs"],
  ["e2e/strict/inward.ts", "../screen"],
];

/** A package that does not belong in the room. */
const BANNED: readonly (readonly [room: string, name: string])[] = [
  ["lib/run", "react"],
  ["lib/stream/turn", "undici"],
  ["lib/tape", "undici"],
  ["lib/session", "next/navigation"],
  ["lib/server", "zustand"],
  ["components/lane", "openai"],
  ["cli", "react-dom/server"],
  ["app/api/chat", "react"],
];

function plant(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "vitrine-direction-"));
  cpSync(path.join(ROOT, "oxlint.config.mjs"), path.join(folder, "oxlint.config.mjs"));
  for (const { room, may } of ROOMS) {
    plant(`${room}/planted.ts`, `import type { Thing } from "${NOWHERE}";\nexport type Planted = Thing;\n`);
    plant(
      `${room}/allowed.ts`,
      `import type { Thing } from "@/${may[0]}/thing";\nexport type Allowed = Thing;\n`,
    );
  }
  for (const [index, [from, to]] of SIDEWAYS.entries()) {
    plant(
      `${from}/sideways-${index}.ts`,
      `import type { Thing } from "@/${to}";\nexport type Sideways = Thing;\n`,
    );
  }
  for (const [file, to] of [...OUTWARD, ...INWARD]) {
    plant(file, `import type { Thing } from "${to}";\nexport type Outward = Thing;\n`);
  }
  for (const [index, [room, name]] of BANNED.entries()) {
    plant(
      `${room}/banned-${index}.ts`,
      `import type { Thing } from "${name}";\nexport type Banned = Thing;\n`,
    );
  }
  plant("lib/run/later.ts", 'export const later = () => import("@/lib/session/store/session");\n');
  plant("lib/run/later-package.ts", 'export const later = () => import("react");\n');
  plant("scripts/later.ts", 'export const later = () => import("../app/page");\n');
  plant("lib/session/later.ts", 'export const later = () => import("@/lib/run/run-turn");\n');
  plant("app/form.tsx", '"use client";\n\nexport { environment } from "@/lib/server/environment";\n');
  plant("app/api/env/route.ts", 'export { environment } from "@/lib/server/environment";\n');
  plant("lib/run/one.ts", 'import type { Two } from "./two";\nexport type One = Two;\n');
  plant("lib/run/two.ts", 'import type { One } from "./one";\nexport type Two = One;\n');
  plant("lib/server/__fixtures__/page.ts", 'export { page } from "@/app/page";\n');
  const oxlint = path.join(ROOT, "node_modules/.bin/oxlint");
  const { stdout } = spawnSync(oxlint, ["-c", "oxlint.config.mjs", "--format", "unix", "."], {
    cwd: folder,
    encoding: "utf8",
  });
  const found = new Map<string, string[]>();
  for (const line of stdout.split("\n")) {
    const name = /^\.?\/?(.*?):\d+:\d+:/u.exec(line)?.[1];
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), line]);
  }
  refused = found;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reasons = (file: string) => (refused.get(file) ?? []).join("\n");

it.each(ROOMS.map(({ room }) => room))(
  "lint refuses an import that %s may not make, and no other",
  (room) => {
    expect(reasons(`${room}/planted.ts`)).toContain("no-restricted-imports");
    expect(reasons(`${room}/allowed.ts`)).not.toContain("no-restricted-imports");
  },
);

it.each(SIDEWAYS.map(([from, to], index) => [from, to, index] as const))(
  "lint refuses that %s imports %s",
  (from, _to, index) => {
    expect(reasons(`${from}/sideways-${index}.ts`)).toContain("no-restricted-imports");
  },
);

it.each(OUTWARD)("lint refuses that %s imports %s", (file) => {
  expect(reasons(file)).toContain("no-restricted-imports");
});

it.each(INWARD)("lint lets %s import %s", (file) => {
  expect(reasons(file)).toBe("");
});

it.each(BANNED.map(([room, name], index) => [room, name, index] as const))(
  "lint refuses %s the package %s",
  (room, _name, index) => {
    expect(reasons(`${room}/banned-${index}.ts`)).toContain("no-restricted-imports");
  },
);

it.each(["lib/run/later.ts", "lib/run/later-package.ts", "scripts/later.ts"])(
  "lint refuses the import of %s, which is made when the code runs",
  (file) => {
    expect(reasons(file)).toContain("no-restricted-imports");
  },
);

it("lint lets a room import later what it may import at once", () => {
  expect(reasons("lib/session/later.ts")).toBe("");
});

it("lint refuses a circle of types", () => {
  expect(reasons("lib/run/one.ts") + reasons("lib/run/two.ts")).toContain("no-cycle");
});

it("lint refuses the server's code to a file of the page, and leaves it to routes", () => {
  expect(reasons("app/form.tsx")).toContain("no-restricted-imports");
  expect(reasons("app/api/env/route.ts")).not.toContain("no-restricted-imports");
});

it("lint refuses that a fixture imports the app", () => {
  expect(reasons("lib/server/__fixtures__/page.ts")).toContain("no-restricted-imports");
});
