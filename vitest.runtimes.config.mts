import { defineConfig } from "vitest/config";

/** Copied programs, run by what a person would run them with. What that needs is installed first. */
export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    include: ["{e2e,lib}/**/*.runtime.test.ts"],
    environment: "node",
    globalSetup: ["e2e/code/install.ts"],
    setupFiles: ["vitest.setup.ts"],
    testTimeout: 60_000,
  },
});
