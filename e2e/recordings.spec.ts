import { readFileSync } from "node:fs";

import type { Browser, Page } from "@playwright/test";

import { startApp } from "./app";
import { expect, startLlama, test } from "./fixtures";
/** A comparison is saved as a tape, and played again where nothing can answer. */
import { turnOn } from "./lane-setup";
import { answer, ask, lane, prompt, run, settled } from "./screen";

test.describe.configure({ timeout: 180_000 });

/** Runs a command of the palette by its name. */
async function command(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Commands" }).click();
  await page.getByRole("combobox", { name: "Command" }).fill(name);
  await page.getByRole("option", { name }).click();
}

async function saveTape(page: Page): Promise<{ readonly name: string; readonly path: string }> {
  const download = page.waitForEvent("download");
  await command(page, "Save a tape of this comparison");
  const file = await download;
  return { name: file.suggestedFilename(), path: await file.path() };
}

/** Everything that a person reads in the lanes, and the shape of each strip, to a tenth of a percent: a tape has whole µs. */
async function shown(page: Page) {
  return page.evaluate(() => ({
    answers: [...document.querySelectorAll("main article")].map((article) =>
      article instanceof HTMLElement ? article.innerText.replaceAll(/\s+/gu, " ") : "",
    ),
    strips: [...document.querySelectorAll("main article [role=img][aria-label]")].map((strip) =>
      strip.innerHTML.replaceAll(/[\d.]+%/gu, (share) => `${Number.parseFloat(share).toFixed(1)}%`),
    ),
  }));
}

/** A browser that knows nothing of the one before, on a page that may ask no model for anything. */
async function freshPage(browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  await page.goto(url);
  await page.locator("[data-boot=ready]").waitFor();
  return { context, page, sent };
}

async function openTape(page: Page, path: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await command(page, "Open a recording…");
  await (await chooser).setFiles(path);
  await page.getByRole("button", { name: "Close recording" }).waitFor();
}

test("a comparison of the real model plays again in a fresh browser with the model's server gone, with the same parts, numbers and strips", async ({
  page,
  browser,
}) => {
  const llama = await startLlama();
  const app = await startApp({ LLAMA_CPP_URL: `${llama.url}/v1`, VITRINE_LLAMA: "off" });
  try {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(app.url);
    await expect(lane(page, 2)).toBeVisible();
    await run(page).click();
    await settled(page);
    const before = await shown(page);
    expect(before.answers).toHaveLength(2);
    expect(before.strips.length).toBeGreaterThanOrEqual(2);
    const { path } = await saveTape(page);
    await llama.kill();

    const fresh = await freshPage(browser, app.url);
    await openTape(fresh.page, path);
    await expect(fresh.page.getByRole("heading", { level: 1 })).toHaveText(/^Recording of .*, smollm2-135m$/);
    await fresh.page.getByRole("button", { name: "To the end" }).click();
    await expect.poll(() => shown(fresh.page)).toEqual(before);
    // The comparison under it goes on looking for its servers; nothing is asked of a model.
    expect(fresh.sent).not.toContain("POST /api/chat");
    await fresh.context.close();
  } finally {
    await app.stop();
    await llama.stop();
  }
});

test("a recording plays at its pace, pauses, steps and is left for the comparison that was there", async ({
  open,
}) => {
  const page = await open(["vllm/plain", "vllm/caller"]);
  await turnOn(page, ["weather"]);
  await ask(page, "Tell me something");
  await settled(page);
  // The code that draws calls comes with the first call.
  await expect(answer(page, 2)).toContainText("weather(location");
  const before = await shown(page);
  const { path } = await saveTape(page);
  await prompt(page).fill("half a thought");
  await openTape(page, path);
  await page.getByRole("button", { name: "To the end" }).click();
  // It plays by itself once it is open: at its end it has stopped.
  await page.getByRole("button", { name: "Play again" }).waitFor();
  await page.getByRole("button", { name: "To the beginning" }).click();
  await page.getByRole("combobox", { name: "Speed" }).selectOption("10");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect(page.getByRole("button", { name: "Play again" })).toBeVisible();
  await expect.poll(async () => (await shown(page)).answers).toHaveLength(2);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("k");
  await expect(page.getByRole("button", { name: "Play again" })).toBeVisible();
  await page.getByRole("button", { name: "Close recording" }).click();
  await expect(prompt(page)).toHaveValue("half a thought");
  await expect.poll(() => shown(page)).toEqual(before);
});

test("“Run it live” opens the recorded lanes with the prompt, and sends nothing before Run", async ({
  open,
}) => {
  const page = await open(["vllm/plain"]);
  await ask(page, "Tell me something");
  await settled(page);
  const { path } = await saveTape(page);
  await openTape(page, path);
  const sent: string[] = [];
  page.on("request", (request) => void sent.push(new URL(request.url()).pathname));
  await page.getByRole("button", { name: "Run it live" }).click();
  await expect(prompt(page)).toHaveValue("Tell me something");
  await expect(page.getByRole("region", { name: "Lane 1: plain" })).toBeVisible();
  expect(sent).not.toContain("/api/chat");
  await run(page).click();
  await settled(page);
  await expect(answer(page, 1)).toContainText("still on");
});

test("a file that is no recording is refused in words, and the page stays as it was", async ({ open }) => {
  const page = await open(["vllm/plain"]);
  await ask(page, "Keep me");
  await settled(page);
  const { path } = await saveTape(page);
  const tape = readFileSync(path, "utf8");
  const drop = async (name: string, text: string) => {
    const chooser = page.waitForEvent("filechooser");
    await command(page, "Open a recording…");
    await (await chooser).setFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  };
  await drop("note.tape", "Dear diary");
  await expect(page.getByText("This file is not a tape")).toBeVisible();
  await drop("future.tape", tape.replace('"version":1', '"version":9'));
  await expect(page.getByText("This tape has version 9")).toBeVisible();
  await drop("bad.tape", tape.replace(/\n\[\d+,0,"run"/u, '\n[0.5,0,"run"'));
  await expect(page.getByText("its time is not a whole number of microseconds")).toBeVisible();
  await expect(page.getByRole("button", { name: "Close recording" })).toHaveCount(0);
  await expect(answer(page, 1)).toContainText("still on");
});

test("the answer of another program plays evenly, and says that its times are made up", async ({ open }) => {
  const page = await open(["vllm/plain"]);
  const words = ["The ", "lamp ", "is ", "on."];
  const events = words.map(
    (content) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}`,
  );
  const end = ['data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}', "data: [DONE]"];
  const chooser = page.waitForEvent("filechooser");
  await command(page, "Open a recording…");
  await (
    await chooser
  ).setFiles({
    name: "answer.sse",
    mimeType: "text/event-stream",
    buffer: Buffer.from([...events, ...end, ""].join("\n\n")),
  });
  await expect(page.getByRole("list", { name: "Notes on the recording" })).toContainText(/no times|evenly/u);
  await page.getByRole("button", { name: "To the end" }).click();
  await expect(answer(page, 1)).toContainText("The lamp is on.");
});

test("a link that holds a small recording plays it, and a long one is offered as a file", async ({
  open,
  browser,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await open(["vllm/plain"]);
  await ask(page, "Tell me something");
  await settled(page);
  await command(page, "Copy a link that plays this comparison");
  await expect(page.getByText(/^Link copied\. It carries the whole recording/u)).toBeVisible();
  const url = await page.evaluate(() => navigator.clipboard.readText());
  const fresh = await browser.newContext();
  const other = await fresh.newPage();
  await other.goto(url);
  await expect(other.getByRole("button", { name: "Close recording" })).toBeVisible();
  await other.getByRole("button", { name: "To the end" }).click();
  await expect(answer(other, 1)).toContainText("still on");
  await other.getByRole("button", { name: "Close recording" }).click();
  expect(new URL(other.url()).hash).toBe("");
  await fresh.close();

  // Words that don't repeat: what is packed has no shorter form.
  const long = Array.from({ length: 3_000 }, (_, index) => ((index * 2_654_435_761) % 2 ** 32).toString(36));
  await ask(page, long.join(" "));
  await settled(page);
  await command(page, "Copy a link that plays this comparison");
  await expect(page.getByText(/^The link would have [\d,]+ characters/u)).toBeVisible();
  await expect(page.getByRole("dialog", { name: "Save this comparison as" })).toBeVisible();
});

test("a recording that ships plays from its address, to its end", async ({ app, page }) => {
  await page.goto(`${app.url}/?tape=/tapes/two-calls.tape`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Recording of .*, smollm2-135m$/);
  await page.getByRole("button", { name: "To the end" }).click();
  await expect(lane(page, 1).getByRole("group", { name: "2 parallel calls" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Close recording" })).toBeVisible();
  await page.getByRole("button", { name: "Close recording" }).click();
  await expect(prompt(page)).toBeVisible();
  expect(new URL(page.url()).search).toBe("");
});

test("the browser's Back closes a recording, and a press on Close leaves no entry behind", async ({
  open,
}) => {
  const page = await open(["vllm/plain"]);
  await prompt(page).fill("half a thought");
  const address = page.url();
  for (const leave of [
    () => page.goBack(),
    () => page.getByRole("button", { name: "Close recording" }).click(),
  ]) {
    await openTape(page, "public/tapes/end-thinking.tape");
    const length = await page.evaluate(() => history.length);
    await leave();
    await expect(page.getByRole("button", { name: "Close recording" })).toHaveCount(0);
    await expect(prompt(page)).toHaveValue("half a thought");
    await openTape(page, "public/tapes/two-calls.tape");
    expect(await page.evaluate(() => history.length)).toBe(length);
    await page.goBack();
    await expect(page.getByRole("button", { name: "Close recording" })).toHaveCount(0);
  }
  expect(page.url()).toBe(address);
});

/** Drops files on the page with the very events that the browser would send. Returns whether it would leave the page for them. */
async function dropFiles(
  page: Page,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<boolean> {
  return page.evaluate((given) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of given) dataTransfer.items.add(new File([text], name));
    const about = { bubbles: true, cancelable: true, dataTransfer };
    document.body.dispatchEvent(new DragEvent("dragover", about));
    return document.body.dispatchEvent(new DragEvent("drop", about));
  }, files);
}

test("of two recordings that are dropped one plays and the other is named, and a broken one that is dropped on it is refused in sight", async ({
  open,
}) => {
  const page = await open(["vllm/plain"]);
  const text = readFileSync("public/tapes/end-thinking.tape", "utf8");
  expect(
    await dropFiles(page, [
      { name: "one.tape", text },
      { name: "two.tape", text },
    ]),
  ).toBe(false);
  const notes = page.getByRole("list", { name: "Notes on the recording" });
  await expect(notes).toHaveText("One recording plays at a time. Not opened: two.tape.");
  expect(await dropFiles(page, [{ name: "bad.tape", text: "Dear diary" }])).toBe(false);
  await expect(page.getByText("This file is not a tape")).toBeVisible();
  expect(
    await dropFiles(page, [
      { name: "next.tape", text: readFileSync("public/tapes/server-killed.tape", "utf8") },
    ]),
  ).toBe(false);
  await expect(page.getByRole("list", { name: "Markers" })).toContainText("The server is killed");
  await expect(notes).toHaveCount(0);
  await page.goBack();
  await expect(prompt(page)).toBeVisible();
});

test("an address of another site, or one that is not there, is refused in words", async ({
  app,
  browser,
}) => {
  for (const path of [
    "//example.com/x.tape",
    "https://example.com/x.tape",
    "/\\example.com/x.tape",
    "/nowhere.tape",
  ]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(new URL(request.url()).hostname));
    await page.goto(`${app.url}/?tape=${encodeURIComponent(path)}`);
    await expect(page.getByText(/^The recording could not be opened\./u)).toBeVisible();
    expect(new Set(asked)).toEqual(new Set([new URL(app.url).hostname]));
    await expect(prompt(page)).toBeVisible();
    await context.close();
  }
});

/** Two frames later, all that was set until now is on screen. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  );
}

/** A line of a file that is long: one prompt with its answer. */
const longRow = (index: number) =>
  JSON.stringify({
    messages: [
      { role: "user", content: `${index}. ${"Why is it so? ".repeat(700)}` },
      { role: "assistant", content: "Because it is so. ".repeat(400) },
    ],
  });

test("a long file is read while the page can be used, and its reading can be canceled", async ({ open }) => {
  const page = await open(["vllm/plain"]);
  const buffer = Buffer.from(Array.from({ length: 400 }, (_, index) => longRow(index)).join("\n"));
  const openLong = async () => {
    const chooser = page.waitForEvent("filechooser");
    await command(page, "Open a recording…");
    await (await chooser).setFiles({ name: "long.jsonl", mimeType: "application/jsonl", buffer });
  };
  const line = page.getByText("Reading “long.jsonl”, 7 MB…");
  /** Reads the file. The page's other workers are there already, or need what is not opened here. */
  const readers = () => page.workers().length;
  const others = readers();
  await openLong();
  await expect(line).toBeVisible();
  await expect.poll(readers).toBe(others + 1);
  await prompt(page).fill("typed in the meantime");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(line).toHaveCount(0);
  // A file that is read all the same opens as soon as its reader has ended.
  await expect.poll(readers).toBe(others);
  await drawn(page);
  await expect(page.getByRole("button", { name: "Close recording" })).toHaveCount(0);
  await expect(prompt(page)).toHaveValue("typed in the meantime");
  await openLong();
  await page.getByRole("button", { name: "Close recording" }).waitFor();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Recording: OpenAI messages");
  await expect(line).toHaveCount(0);
});

test("a recording from a file plays again after a reload, and a closed one does not come back", async ({
  open,
}) => {
  const page = await open(["vllm/plain"]);
  const title = page.getByRole("heading", { level: 1, name: /^Recording of/ });
  await openTape(page, "public/tapes/end-thinking.tape");
  await expect(title).toBeVisible();
  // It is kept a moment after it is open.
  await expect(async () => {
    await page.reload();
    await expect(title).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await page.reload();
  await expect(title).toBeVisible();
  await page.getByRole("button", { name: "Close recording" }).click();
  await expect(prompt(page)).toBeVisible();
  await page.reload();
  await expect(prompt(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Close recording" })).toHaveCount(0);
});
