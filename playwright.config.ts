import { defineConfig } from "@playwright/test";

import { findChromium } from "./scripts/find-chromium.mjs";

const found = findChromium();

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  // One after the other: they share one small machine with a real model.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(found === null ? {} : { executablePath: found.path }),
      args: [
        // Containers give no user namespaces, and this browser opens only our own pages.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
