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

/** In the code that reads Markdown, and nowhere else. */
const READS_MARKDOWN = "markedjs/marked";

test("what draws answers comes with the first touch of the page, and at once where comparisons are saved", async ({
  page,
  app,
}) => {
  let seen = 0;
  page.on("response", async (response) => {
    if (response.request().resourceType() !== "script") return;
    const text = await response.text().catch(() => "");
    if (text.includes(READS_MARKDOWN)) seen += 1;
  });
  await page.goto(app.url);
  await page.locator("[data-boot=ready]").waitFor();
  await page.waitForLoadState("networkidle");
  expect(seen).toBe(0);
  await page.keyboard.press("Shift");
  await expect.poll(() => seen).toBe(1);
  await page.context().addCookies([{ name: "vitrine-known", value: "1", url: app.url }]);
  await page.reload();
  await expect.poll(() => seen).toBe(2);
});

function sum(replies: readonly Received[]): number {
  return replies.reduce((total, { bytes }) => total + bytes, 0);
}
