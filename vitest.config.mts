import path from "node:path";

import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: {
      "@": root,
      // `server-only` throws outside a React server bundle; its own empty module is what Next uses there.
      "server-only": path.join(root, "node_modules/server-only/empty.js"),
    },
  },
  test: {
    include: ["{app,bench,components,lib,scripts,e2e}/**/*.test.{ts,tsx}", "proxy.test.ts"],
    environment: "node",
    setupFiles: ["vitest.setup.ts"],
    testTimeout: 30_000,
  },
});
