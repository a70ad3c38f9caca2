import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { CodeFormat } from "@/lib/code/formats";

import { childEnv } from "../../lib/server/demo/child-env.mjs";
import type { installRuntimes } from "../../scripts/runtimes/install-runtimes.mjs";

export type Runtimes = Awaited<ReturnType<typeof installRuntimes>>;

export type Outcome = { readonly ok: boolean; readonly stdout: string; readonly stderr: string };

export type ProgramRunner = {
  /** Where programs lie, beside the libraries of Node. */
  readonly folder: string;
  /** Runs a program as a person would, with these variables and no key of this machine. */
  readonly run: (
    id: CodeFormat["id"],
    text: string,
    variables?: Readonly<Record<string, string>>,
  ) => Promise<Outcome>;
  readonly close: () => void;
};

const ENDINGS = { curl: "sh", python: "py", typescript: "ts", "ai-sdk": "ts" } as const;

/** Runs copied programs with these runtimes. */
export function openProgramRunner({ python, packages, node, modules }: Runtimes): ProgramRunner {
  const folder = mkdtempSync(path.join(tmpdir(), "vitrine-code-"));
  symlinkSync(path.join(modules, "node_modules"), path.join(folder, "node_modules"), "junction");
  const [pythonFile, ...pythonFirst] = python;
  const commands = {
    curl: ["sh"],
    // A warning of Python's is a fault of the program.
    python: [pythonFile, ...pythonFirst, "-W", "error"],
    typescript: [node, "--no-warnings"],
    "ai-sdk": [node, "--no-warnings"],
  } as const;
  let count = 0;
  return {
    folder,
    run: async (id, text, variables = {}) => {
      count += 1;
      const file = path.join(folder, `program-${String(count)}.${ENDINGS[id]}`);
      writeFileSync(file, text);
      const [command, ...first] = commands[id];
      const env = childEnv(process.env, {
        PYTHONPATH: packages,
        PYTHONUTF8: "1",
        NO_PROXY: "127.0.0.1",
        no_proxy: "127.0.0.1",
        ...variables,
      });
      return new Promise((resolve) => {
        execFile(command, [...first, file], { env, cwd: folder }, (error, stdout, stderr) => {
          resolve({ ok: error === null, stdout, stderr });
        });
      });
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A program whose functions a person has filled in: each gives this text. */
export function withResults(text: string, result: string): string {
  return text
    .replaceAll(/raise NotImplementedError\(.*\)/g, `return ${JSON.stringify(result)}`)
    .replaceAll(/throw new Error\("Your code for .*\);/g, `return ${JSON.stringify(result)};`);
}
