/** The inspector on the built app: what one step sent and got, frame by frame, and the words that each frame made. */
import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { answer, ask, settled, thoughts } from "./screen";
import { seriousInBothThemes } from "./serious";

const panel = (page: Page): Locator => page.getByRole("dialog", { name: /^Inspector/ });
const frames = (page: Page): Locator => panel(page).getByRole("listbox", { name: "Frames" });
const detail = (page: Page): Locator => panel(page).getByRole("region", { name: /^Frame / });

async function inspect(page: Page, view: "Request" | "Frames" | "Timing"): Promise<void> {
  await answer(page, 1).getByRole("button", { name: "Inspect" }).click();
  await panel(page).getByRole("radio", { name: view }).check();
}

/** The words of the answer that are marked. */
function marked(page: Page): Promise<string> {
  return page.evaluate(() => [...(CSS.highlights.get("inspected-words") ?? [])].map(String).join(" | "));
}

/** Selects the first place of this text in the lane's answer, as a person does by dragging. */
async function select(page: Page, text: string): Promise<void> {
  await answer(page, 1).evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at !== -1) return document.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
    }
    throw new Error("There is no such text.");
  }, text);
}

test("the exact request is one press away, also while its answer comes", async ({ open, upstream }) => {
  const page = await open(["vllm/endless"]);
  await ask(page, "Look at this");
  await expect(answer(page, 1)).toContainText("still on");
  await inspect(page, "Request");
  await expect(panel(page)).toHaveAccessibleName("Inspector: lane 1, step 1");
  await expect(panel(page).getByRole("table", { name: "Added and mapped fields" })).toContainText(
    "addedstream_optionsasks for token counts at the end of the stream",
  );
  const body = panel(page).getByRole("group", { name: "Request body" });
  await expect(body).toContainText('"Look at this"');
  await body.getByRole("button", { name: /^messages 1 item/ }).click();
  await expect(body).not.toContainText('"Look at this"');
  await panel(page).getByRole("button", { name: "Raw" }).click();
  await expect(panel(page).getByRole("textbox", { name: "Request body" })).toHaveValue(/"Look at this"/);
  await panel(page).getByRole("radio", { name: "Frames" }).check();
  await expect(frames(page).getByRole("option", { name: /relay-head/ })).toBeVisible();
  const count = async () =>
    Number((await panel(page).getByRole("status").last().textContent())?.split(" ")[0]);
  const before = await count();
  await expect.poll(count).toBeGreaterThan(before);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+.");
  await upstream.seen.at(-1)?.closed;
  await settled(page);
});

test("a frame marks the words it made, and selected words show the frames that made them", async ({
  open,
  upstream,
}) => {
  upstream.script("slow-words", async (exchange) => {
    await exchange.paced("reasoning_content", ["Let me ", "think."], 20);
    await exchange.paced("content", ["It **is", " 22** degrees", " and sunny."], 20);
    exchange.finish("stop", { prompt_tokens: 5, completion_tokens: 5, total_tokens: 10 });
  });
  const page = await open(["vllm/slow-words"]);
  await ask(page, "Go");
  await settled(page);
  await thoughts(page, 1).click();
  await inspect(page, "Frames");
  await frames(page)
    .getByRole("option", { name: /degrees/ })
    .click();
  await expect(detail(page).getByRole("list", { name: "Words it made" })).toContainText("22** degrees");
  await expect.poll(() => marked(page)).toBe("22 degrees");
  // The frame before by a key, and a thought.
  await frames(page).press("ArrowUp");
  await expect.poll(() => marked(page)).toBe("It is");
  await frames(page)
    .getByRole("option", { name: /think\./ })
    .click();
  await expect.poll(() => marked(page)).toBe("think.");
  // The other way.
  await select(page, "degrees and");
  await expect(panel(page).getByRole("button", { name: "selected words 2" })).toBeVisible();
  await expect(frames(page).locator("[aria-selected=true]")).toContainText("degrees");
  await panel(page).getByRole("button", { name: "selected words 2" }).click();
  await expect(frames(page).getByRole("option")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect.poll(() => marked(page)).toBe("");
});

test("frames have their kinds, are filtered and searched, and Vitrine's own are marked", async ({
  open,
  upstream,
}) => {
  upstream.script("kinds", (exchange) => {
    exchange.raw(": ping\n\n");
    exchange.delta({ reasoning_content: "Hm." });
    exchange.delta({ content: "Alpha" });
    exchange.delta({ content: " beta" });
    exchange.finish("stop", { prompt_tokens: 5, completion_tokens: 5, total_tokens: 10 });
  });
  const page = await open(["vllm/kinds"]);
  await ask(page, "Go");
  await settled(page);
  await inspect(page, "Frames");
  const kinds = panel(page).getByRole("group", { name: "Kinds of frames" });
  await expect(kinds.getByRole("button")).toHaveText([
    /^thought 1$/,
    /^text 2$/,
    /^usage 1$/,
    /^Vitrine \d$/,
    /^other \d$/,
  ]);
  await kinds.getByRole("button", { name: /^text/ }).click();
  await expect(frames(page).getByRole("option")).toHaveText([/Alpha/, /beta/]);
  await kinds.getByRole("button", { name: /^text/ }).click();
  await panel(page).getByRole("searchbox", { name: "Search frames" }).fill("PING");
  await expect(frames(page).getByRole("option")).toHaveText([/: ping/]);
  await panel(page).getByRole("searchbox").fill("");
  await expect(frames(page).getByRole("option").first()).toContainText("Vitrine");
  await panel(page).getByRole("button", { name: "Wrap lines" }).click();
  await expect(frames(page).getByRole("option", { name: /event: relay-head/ })).toContainText("data: {");
  await expect(panel(page)).toContainText(/HTTP 200 · text\/event-stream/);
  await panel(page)
    .getByRole("button", { name: /^\d+ headers$/ })
    .click();
  await expect(panel(page).getByText("transfer-encoding", { exact: true })).toBeVisible();
});

test("attempts of a step are shown one by one, each from its own sending", async ({ open, upstream }) => {
  let tries = 0;
  upstream.script("twice", (exchange) => {
    tries += 1;
    if (tries === 1) {
      exchange.head(503, { "content-type": "application/json", "retry-after": "1" });
      exchange.raw(JSON.stringify({ error: { message: "still loading", code: "busy" } }));
      return exchange.end();
    }
    exchange.delta({ content: "now ready" });
    exchange.finish();
  });
  const page = await open(["vllm/twice"]);
  await ask(page, "Go");
  await expect(answer(page, 1)).toContainText("now ready");
  await settled(page);
  await inspect(page, "Frames");
  const attempts = panel(page).getByRole("radiogroup", { name: "Attempt" });
  await expect(attempts.getByRole("radio", { name: "Attempt 2" })).toBeChecked();
  await expect(frames(page).getByRole("option", { name: /now ready/ })).toContainText(
    /^\+\d{1,3}(?:\.\d)? ms/,
  );
  await attempts.getByRole("radio", { name: "Attempt 1" }).check();
  await expect(panel(page)).toContainText("still loading");
  await expect(frames(page).getByRole("option", { name: /now ready/ })).toHaveCount(0);
});

test("gaps have their numbers with their source, and a stall leads to its frame", async ({
  open,
  upstream,
}) => {
  upstream.script("stalling", async (exchange) => {
    // Most of it at once, so that the usual gap is short however busy the machine is.
    for (let word = 1; word <= 20; word += 1) exchange.delta({ content: `word ${word} ` });
    await exchange.paced("content", ["", "four ", "five"], 900);
    exchange.finish();
  });
  const page = await open(["vllm/stalling"]);
  await ask(page, "Go");
  await settled(page);
  await inspect(page, "Timing");
  await expect(panel(page)).toContainText("Measured here, by the clock of this page");
  await expect(panel(page).getByRole("img", { name: /^Gaps by their length/ })).toBeVisible();
  await expect(panel(page).getByRole("row", { name: /^Gap, p50/ })).toContainText(/ms/);
  await expect(panel(page).getByRole("row", { name: /^Stalls/ })).toContainText(
    "a stall is at least 500 ms long",
  );
  const stalls = panel(page).getByRole("list", { name: "Stalls" });
  await stalls.getByRole("button").first().click();
  await expect(detail(page).getByRole("list", { name: "Words it made" })).toContainText("four");
});

test("the response is saved as the server sent it, without Vitrine's own frames", async ({
  open,
  upstream,
}) => {
  upstream.script("saved", (exchange) => {
    exchange.raw(": hello\r\n\r\n");
    exchange.delta({ content: "Hi" });
    exchange.finish();
  });
  const page = await open(["vllm/saved"]);
  await ask(page, "Go");
  await settled(page);
  await inspect(page, "Frames");
  await panel(page).getByRole("button", { name: "Save or copy" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Save response as .sse" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("vitrine-lane-1-step-1.sse");
  const text = await readFile(await file.path(), "utf8");
  expect(text.startsWith(": hello\r\n\r\ndata: ")).toBe(true);
  expect(text).not.toContain("relay-head");
  expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
  const saved = async (item: string) => {
    await panel(page).getByRole("button", { name: "Save or copy" }).click();
    const next = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: item }).click();
    return readFile(await (await next).path(), "utf8");
  };
  const har = JSON.parse(await saved("Save all attempts as HAR"));
  expect(har.log.entries).toMatchObject([
    { request: { method: "POST" }, response: { status: 200, content: { text } } },
  ]);
  const vcr = await saved("Save all attempts as go-vcr");
  expect(vcr).toContain("version: 2");
  expect(vcr).not.toContain("relay-head");
});

test("on a phone the inspector has all its views, and nothing serious is found in any of them", async ({
  open,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await open(["vllm/plain"]);
  await ask(page, "Go");
  await settled(page);
  await answer(page, 1)
    .getByRole("button", { name: /^Timings/ })
    .click();
  await answer(page, 1).getByRole("button", { name: "Inspect" }).last().click();
  for (const view of ["Request", "Frames", "Timing"]) {
    await panel(page).getByRole("radio", { name: view }).check();
    expect(await seriousInBothThemes(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
  await panel(page).getByRole("radio", { name: "Frames" }).check();
  await frames(page).press("End");
  await expect(detail(page)).toContainText("[DONE]");
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
});
