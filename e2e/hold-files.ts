import { EventEmitter, once } from "node:events";

import type { Page } from "@playwright/test";

/** The page's own scripts. */
export const SCRIPTS = /\/_next\/static\/.*\.js$/u;

/** Keeps files away from the page until the function returned is called; without its scripts it is its first HTML. */
export async function hold(page: Page, files = SCRIPTS): Promise<() => void> {
  const gate = new EventEmitter();
  const released = once(gate, "open");
  await page.route(files, async (route) => {
    await released;
    await route.continue();
  });
  return () => gate.emit("open");
}
