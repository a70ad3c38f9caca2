import { readFile } from "node:fs/promises";

import type { Locator, Page, TestInfo } from "@playwright/test";

/** Everything that the page keeps in the browser, as JSON text: every database, both storages, cookies, and what is on screen. */
export async function everythingStored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const stores: unknown[] = [];
    /** Bytes as text, unpacked where they are packed: a search must see what is in them. */
    const readable = async (value: unknown): Promise<unknown> => {
      if (value instanceof Uint8Array) {
        const isGzip = value[0] === 0x1f && value[1] === 0x8b;
        const stream = new Blob([new Uint8Array(value)]).stream();
        return new Response(isGzip ? stream.pipeThrough(new DecompressionStream("gzip")) : stream).text();
      }
      if (Array.isArray(value)) return Promise.all(value.map(readable));
      if (typeof value !== "object" || value === null) return value;
      const entries = Object.entries(value).map(async ([key, inner]) => [key, await readable(inner)]);
      return Object.fromEntries(await Promise.all(entries));
    };
    for (const { name = "" } of await indexedDB.databases()) {
      const opening = indexedDB.open(name);
      await new Promise((resolve) => opening.addEventListener("success", resolve));
      for (const store of opening.result.objectStoreNames) {
        const request = opening.result.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => request.addEventListener("success", resolve));
        stores.push(store, await readable(request.result));
      }
      opening.result.close();
    }
    const storages = [Object.entries(localStorage), Object.entries(sessionStorage)];
    return JSON.stringify([stores, storages, document.cookie, document.documentElement.outerHTML]);
  });
}

/** The text of the file that a click on this button saves. */
export async function exportedBy(button: Locator, info: TestInfo): Promise<{ path: string; text: string }> {
  const download = button.page().waitForEvent("download");
  await button.click();
  const path = info.outputPath("session.json");
  await (await download).saveAs(path);
  return { path, text: await readFile(path, "utf8") };
}
