import path from "node:path";

import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

import { findChromium } from "./scripts/find-chromium.mjs";

const chromium = findChromium();
if (chromium === null)
  throw new Error("Component tests need a Chromium. Install one, or set CHROMIUM to it.");

/** Components in a real Chromium: clicked, typed into, focused, streamed to. */
export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  // A package that is found only while the tests run reloads the page under them.
  optimizeDeps: {
    force: true,
    include: ["react", "react-dom", "react-dom/client", "react/jsx-dev-runtime", "vitest-browser-react"],
    entries: ["{app,components}/**/*.tsx"],
  },
  cacheDir: path.join(import.meta.dirname, "node_modules/.vite-browser"),
  test: {
    include: ["{app,components}/**/*.browser.test.tsx"],
    setupFiles: ["vitest.browser.setup.ts"],
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 30_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 1000, height: 800 },
      provider: playwright({
        launchOptions: { executablePath: chromium.path, args: ["--no-sandbox"] },
      }),
      instances: [{ browser: "chromium" }],
    },
  },
});
