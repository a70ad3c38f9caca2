import type { ServerResponse } from "node:http";
import path from "node:path";

import { playwright } from "@vitest/browser-playwright";
import type { Plugin } from "vitest/config";
import { defineConfig } from "vitest/config";

import manifest from "./package.json" with { type: "json" };
import { findChromium } from "./scripts/find-chromium.mjs";

const chromium = findChromium();
if (chromium === null)
  throw new Error("Component tests need a Chromium. Install one, or set CHROMIUM to it.");

/** The sandbox as the server serves it: its policy is a header, and no test may do without it. */
const sandbox: Plugin = {
  name: "sandbox",
  configureServer: (server) => {
    const serve = async (place: string, response: ServerResponse) => {
      if (place === "/sandbox") {
        const { sandboxPage } = await server.ssrLoadModule("/lib/server/sandbox/sandbox-page.ts");
        const page: Response = sandboxPage();
        response.setHeaders(page.headers).end(await page.text());
      } else {
        const { zodScript } = await server.ssrLoadModule("/lib/server/sandbox/zod-script.ts");
        response.end(zodScript());
      }
    };
    for (const place of ["/sandbox", "/api/zod"])
      server.middlewares.use(place, (_request, response) => void serve(place, response));
  },
};

/** Components in a real Chromium: clicked, typed into, focused, streamed to. */
export default defineConfig({
  plugins: [sandbox],
  // As in next.config.mjs.
  define: { "process.env.VITRINE_VERSION": JSON.stringify(manifest.version) },
  resolve: { alias: { "@": import.meta.dirname } },
  // A package that is found only while the tests run reloads the page under them.
  optimizeDeps: {
    force: true,
    include: ["react", "react-dom", "react-dom/client", "react/jsx-dev-runtime", "vitest-browser-react"],
    entries: ["{app,components}/**/*.tsx", "lib/**/*.browser.test.ts"],
  },
  cacheDir: path.join(import.meta.dirname, "node_modules/.vite-browser"),
  test: {
    include: ["{app,components,lib}/**/*.browser.test.{ts,tsx}"],
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
