import { expect, test } from "./fixtures";
import { type Received, watchReplies } from "./watch-replies";

/** Most bytes before anybody touches the page. */
const MOST = { script: 300_000, stylesheet: 16_000 };

test("the first load receives at most 300 kB of JavaScript and 16 kB of CSS, compressed", async ({
  page,
  app,
}) => {
  const received = await watchReplies(await page.context().newCDPSession(page));
  await page.goto(app.url);
  await page.locator("[data-boot=ready]").waitFor();
  await page.waitForLoadState("networkidle");
  const ofType = (type: string) => received().filter((reply) => reply.type === type);
  const [documents, scripts, styles] = [ofType("Document"), ofType("Script"), ofType("Stylesheet")];
  expect([documents.length, scripts.length > 2, styles.length > 0]).toEqual([1, true, true]);
  expect([...documents, ...scripts, ...styles].filter(({ encoding }) => encoding === "")).toEqual([]);
  expect(sum(scripts), JSON.stringify(scripts, null, 1)).toBeLessThanOrEqual(MOST.script);
  expect(sum(styles), JSON.stringify(styles, null, 1)).toBeLessThanOrEqual(MOST.stylesheet);
});

function sum(replies: readonly Received[]): number {
  return replies.reduce((total, { bytes }) => total + bytes, 0);
}
