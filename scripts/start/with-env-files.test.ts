import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, expect, it } from "vitest";

import { withEnvFiles } from "./with-env-files.mjs";

const root = mkdtempSync(path.join(tmpdir(), "vitrine-env-"));
afterEach(() => rmSync(root, { recursive: true, force: true }));

it("the environment is read from files as the server reads them: the local one is stronger, what is set is strongest", () => {
  writeFileSync(path.join(root, ".env"), "PORT=4000\nHOST=0.0.0.0\nVITRINE_LLAMA=off\n");
  writeFileSync(path.join(root, ".env.local"), 'VITRINE_TOKEN="correct horse"\nHOST=127.0.0.1\n');
  expect(withEnvFiles(root, { NODE_ENV: "production", PORT: "5000" })).toEqual({
    NODE_ENV: "production",
    PORT: "5000",
    HOST: "127.0.0.1",
    VITRINE_LLAMA: "off",
    VITRINE_TOKEN: "correct horse",
  });
});

it("the environment is unchanged where there is no file", () => {
  expect(withEnvFiles(root, { NODE_ENV: "test" })).toEqual({ NODE_ENV: "test" });
});
