import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

import { handedOn, longChains } from "./handed-on";

const ROOT = path.join(import.meta.dirname, "../..");
/** Components that may hand a prop on and do nothing else with it. */
const MOST = 2;

it("no prop crosses more than two components that only hand it on", () => {
  const files = ["app", "components"]
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) =>
        path.posix.join(folder, file),
      ),
    )
    .filter((file) => file.endsWith(".tsx") && !file.endsWith(".test.tsx"));
  const handed = new Map<string, readonly string[]>();
  for (const file of files)
    for (const [prop, targets] of handedOn(file, readFileSync(path.join(ROOT, file), "utf8")))
      handed.set(prop, targets);
  expect(longChains(handed, MOST)).toEqual([]);
  expect(handed.size).toBeGreaterThan(10);
});

it("a prop that three components hand on is found, by other names and through imports too", () => {
  const handed = new Map([
    ...handedOn(
      "components/a.tsx",
      `import { C } from "./b";
       export function A({ onClose }) { return <B close={onClose} />; }
       function B({ close, title = "x" }) { return <p title={title}><C onEnd={close} /></p>; }`,
    ),
    ...handedOn(
      "components/b.tsx",
      `import { D as Last } from "@/components/d";
       export const C = memo(function C(props) { const { onEnd: end } = props; return <Last onEnd={end} />; });`,
    ),
    ...handedOn("components/d.tsx", `export function D({ onEnd }) { return <button onClick={onEnd} />; }`),
  ]);
  expect(longChains(handed, 2)).toEqual([
    ["components/a.tsx#A.onClose", "components/a.tsx#B.close", "components/b.tsx#C.onEnd"],
  ]);
  expect(longChains(handed, 3)).toEqual([]);
});

it("a prop that a component reads, calls or changes is not one that it only hands on", () => {
  expect(handedOn("a.tsx", body("return <X value={value} />;")).size).toBe(1);
  expect(handedOn("a.tsx", body("return value ? <X value={value} /> : null;")).size).toBe(0);
  expect(handedOn("a.tsx", body("return <X value={() => value()} />;")).size).toBe(0);
  expect(handedOn("a.tsx", body("return <X value={{ value }} />;")).size).toBe(0);
  expect(handedOn("a.tsx", body("return <p title={value} />;")).size).toBe(0);
});

/** The file of one component that gets a value and does this. */
function body(code: string): string {
  return `import { X } from "./x"; function A({ value }) { ${code} }`;
}
