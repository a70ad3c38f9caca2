import { defineConfig } from "vitest/config";

import manifest from "./package.json" with { type: "json" };

const root = import.meta.dirname;

export default defineConfig({
  // As in next.config.mjs.
  define: { "process.env.VITRINE_VERSION": JSON.stringify(manifest.version) },
  resolve: {
    alias: { "@": root },
  },
  test: {
    // Component tests in a browser, and tests of copied programs, have configs of their own.
    exclude: ["**/*.browser.test.{ts,tsx}", "**/*.runtime.test.ts", "**/node_modules/**"],
    include: ["{app,bench,cli,components,lib,scripts,e2e}/**/*.test.{ts,tsx}", "proxy.test.ts"],
    environment: "node",
    setupFiles: ["vitest.setup.ts"],
    testTimeout: 30_000,
  },
});
