import type { CDPSession, Page } from "@playwright/test";

import { expect, test } from "./fixtures";

/** Most bytes as Chromium receives them, headers and all, before anybody touches the page. */
const MOST = { script: 300_000, stylesheet: 16_000 };

type Received = {
  readonly url: string;
  readonly type: string;
  readonly encoding: string;
  readonly bytes: number;
};

test("the first load receives at most 300 kB of JavaScript and 16 kB of CSS, compressed", async ({
  page,
  app,
}) => {
  const received = await watchReplies(page);
  await page.goto(app.url);
  await page.locator("[data-boot=ready]").waitFor();
  await page.waitForLoadState("networkidle");
  const ofType = (type: string) => received().filter((reply) => reply.type === type);
  const [documents, scripts, styles] = [ofType("Document"), ofType("Script"), ofType("Stylesheet")];
  const all = [...documents, ...scripts, ...styles];
  expect([documents.length, scripts.length > 2, styles.length > 0]).toEqual([1, true, true]);
  expect(all.filter(({ encoding }) => encoding === "")).toEqual([]);
  expect(sum(scripts), JSON.stringify(scripts, null, 1)).toBeLessThanOrEqual(MOST.script);
  expect(sum(styles), JSON.stringify(styles, null, 1)).toBeLessThanOrEqual(MOST.stylesheet);
});

/** Gives what has been received, in whole replies, since the call. */
async function watchReplies(page: Page): Promise<() => readonly Received[]> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  const heads = new Map<string, Omit<Received, "bytes">>();
  const received: Received[] = [];
  cdp.on("Network.responseReceived", ({ requestId, type, response }) => {
    const encoding = response.headers["content-encoding"] ?? response.headers["Content-Encoding"] ?? "";
    heads.set(requestId, { url: response.url, type, encoding });
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const head = heads.get(requestId);
    if (head !== undefined) received.push({ ...head, bytes: encodedDataLength });
  });
  await cdp.send("Network.enable");
  return () => received;
}

function sum(replies: readonly Received[]): number {
  return replies.reduce((total, { bytes }) => total + bytes, 0);
}
