import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: { "@": root },
  },
  test: {
    include: ["{app,bench,components,lib,scripts,e2e}/**/*.test.{ts,tsx}", "proxy.test.ts"],
    environment: "node",
    setupFiles: ["vitest.setup.ts"],
    testTimeout: 30_000,
  },
});
