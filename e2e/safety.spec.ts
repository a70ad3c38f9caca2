import type { Page } from "@playwright/test";

import { CANARY, expect, test } from "./fixtures";
import { answer, ask, closeLane, run, settled } from "./screen";
import { everythingStored, exportedBy } from "./stored";

test("what a model sends is text: nothing runs, nothing is fetched", async ({ open, app }) => {
  const page = await open(["vllm/hostile"]);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(app.url) && /^https?:/.test(request.url())) elsewhere.push(request.url());
  });
  page.on("dialog", () => elsewhere.push("dialog"));
  await ask(page, "Attack");
  await settled(page);
  await expect(answer(page, 1)).toContainText("<script>window.__x=1</script>");
  expect(await page.evaluate(() => Reflect.get(window, "__x"))).toBeUndefined();
  expect(elsewhere).toEqual([]);
});

test("the server's key goes to its provider and reaches neither the page, its storage, a copy nor an export", async ({
  open,
  upstream,
  page,
  context,
}, info) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const bodies: string[] = [];
  page.on("response", (response) => {
    void response.text().then(
      (text) => bodies.push(text),
      () => {},
    );
  });
  await open(["openai/refused"]);
  await ask(page, "Key?");
  await settled(page);
  expect(upstream.seen.at(-1)?.headers["authorization"]).toBe(`Bearer ${CANARY}`);
  await expect(answer(page, 1).getByRole("alert")).toContainText("Incorrect API key provided");
  // The raw answer is what is kept longest.
  await expect.poll(() => everythingStored(page)).toContain("Incorrect API key provided");
  expect(await everythingStored(page)).not.toContain(CANARY);
  await page.getByRole("button", { name: "Inspect" }).first().click();
  for (const [name, part] of [
    ["Copy as curl", "--data-binary"],
    ["Copy as Python (openai)", "from openai import"],
    ["Copy as TypeScript (openai)", "import OpenAI"],
    ["Copy as TypeScript (AI SDK)", "streamText"],
    ["Copy bug report", "Incorrect API key provided"],
  ] as const) {
    await page.getByRole("button", { name: "Save or copy" }).click();
    await page.getByRole("menuitem", { name }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(part);
    expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain(CANARY);
  }
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Comparisons/ }).click();
  const button = page
    .getByRole("dialog")
    .getByRole("button", { name: /^Export/ })
    .first();
  const { text } = await exportedBy(button, info);
  expect(text).toContain("Incorrect API key provided");
  expect(text).not.toContain(CANARY);
  expect(bodies.join("\n")).not.toContain(CANARY);
});

test("a pasted key travels in a header alone, is in no storage and no export, and is asked for again", async ({
  page,
  app,
}, info) => {
  const key = "gsk-PASTED-9d2e";
  const sent: { readonly key: string | undefined; readonly rest: string }[] = [];
  page.on("request", (request) => {
    if (!request.url().endsWith("/api/chat")) return;
    const { "x-vitrine-key": header, ...headers } = request.headers();
    sent.push({ key: header, rest: JSON.stringify([headers, request.url(), request.postData()]) });
  });
  await page.goto(`${app.url}/?lane=groq/some-model`);
  await page.locator("[data-boot=ready]").waitFor();
  await page.getByRole("button", { name: /^Model of lane 1/ }).click();
  await page.getByRole("dialog").getByRole("combobox").fill("groq");
  await page.getByRole("option", { name: /Groq: paste a key/ }).click();
  await page.getByRole("dialog").getByLabel("Key for Groq", { exact: true }).fill(key);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await ask(page, "With my key");
  await expect.poll(() => sent.length).toBeGreaterThan(0);
  // Groq may be out of reach here: only what left the page is looked at.
  await settled(page);
  expect(sent[0]?.key).toBe(key);
  expect(sent.map(({ rest }) => rest).join("")).not.toContain("PASTED");
  await expect.poll(() => everythingStored(page)).toContain("With my key");
  expect(await everythingStored(page)).not.toContain("PASTED");
  await page.getByRole("button", { name: /^Comparisons/ }).click();
  const button = page
    .getByRole("dialog")
    .getByRole("button", { name: /^Export/ })
    .first();
  const { text } = await exportedBy(button, info);
  expect(text).toContain("With my key");
  expect(text).not.toContain("PASTED");
  await page.reload();
  await page.locator("[data-boot=ready]").waitFor();
  await page.getByRole("button", { name: /^Model of lane 1/ }).click();
  await page.getByRole("dialog").getByRole("combobox").fill("groq");
  await expect(page.getByRole("option", { name: /Groq: paste a key/ })).toBeVisible();
});

test("the page runs under its policy without a violation", async ({ open, page }) => {
  const violations: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  await open(["vllm/essay"]);
  await ask(page, "Hello");
  await settled(page);
  await page.getByRole("button", { name: /^Tools, / }).click();
  await page.getByRole("dialog").waitFor();
  expect(violations).toEqual([]);
});

test("characters that deceive are shown as their codes, in a link's prompt and in an answer", async ({
  open,
  upstream,
}) => {
  upstream.script("deceiver", (exchange) => {
    exchange.delta({ content: "Open safe \u202Etxt.exe and \u{E0069}\u{E0067}nore nothing." });
    exchange.finish();
  });
  const page = await open(["vllm/deceiver"], "Hello\u{E0068}\u{E0069}");
  await run(page).click();
  await settled(page);
  await expect(page.getByRole("main").getByText("HelloU+E0068U+E0069")).toBeVisible();
  await expect(answer(page, 1)).toContainText("safe U+202Etxt.exe and U+E0069U+E0067nore");
});

test("no word on the page and no name of a control deceives, and fields that keep such text say so", async ({
  open,
  upstream,
}) => {
  const evil = "\u202E";
  const model = `mod${evil}el`;
  upstream.script(model, (exchange) => {
    const isAnswered = JSON.stringify(exchange.body).includes('"role":"tool"');
    exchange.frame({
      id: "x",
      model: `served${evil}`,
      choices: [{ index: 0, delta: { content: "", [`ex${evil}tra`]: `v${evil}` }, finish_reason: null }],
    });
    exchange.delta({ reasoning_content: `think${evil}ing` });
    exchange.delta({
      content: `Te${evil}xt [li${evil}nk](https://e.example/ "ti${evil}tle") \`co${evil}de\` $a${evil}b$\n\n$$\nx${evil}y\n$$\n\n![al${evil}t](https://e.example/a.png)\n\n\`\`\`js\nlet a${evil}=1\n\`\`\``,
    });
    exchange.raw(`data: {not json ${evil}\n\n`);
    const call = { name: `too${evil}l`, arguments: `{"k${evil}":"v${evil}"}` };
    if (!isAnswered)
      exchange.delta({ tool_calls: [{ index: 0, id: "a", type: "function", function: call }] });
    exchange.finish(`sto${evil}p`);
  });
  upstream.script(`fail${evil}er`, (exchange) => {
    exchange.head(400, { "content-type": "application/json" });
    exchange.raw(JSON.stringify({ error: { message: `ba${evil}d`, code: `co${evil}de` } }));
    exchange.end();
  });
  const page = await open([`vllm/${model}`, `vllm/fail${evil}er`], `Pro${evil}mpt`);
  await run(page).click();
  await settled(page);
  await expect(answer(page, 1).getByRole("math")).toHaveText(["aU+202Eb", "xU+202Ey"]);
  expect(await deceiving(page)).toEqual([]);
  for (const name of [/^Comparisons/, /^Tools, /, "Settings of lane 1", /^Model of lane 1/]) {
    await page.getByRole("button", { name }).first().click();
    await page.getByRole("dialog").waitFor();
    expect(await deceiving(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await answer(page, 1).getByRole("button", { name: "Inspect" }).click();
  const inspector = page.getByRole("dialog", { name: /^Inspector/ });
  await expect(inspector.getByRole("group", { name: "Request body" })).toContainText("ProU+202Empt");
  expect(await deceiving(page)).toEqual([]);
  await inspector.getByRole("button", { name: "Raw" }).click();
  await expect(inspector.getByText("Contains U+202E, which can hide or reorder text.")).toBeVisible();
  await inspector.getByRole("radio", { name: "Frames" }).check();
  const frames = inspector.getByRole("listbox", { name: "Frames" });
  await frames.getByRole("option", { name: /toolU|tooU/ }).click();
  await expect(inspector.getByRole("region", { name: /^Frame / })).toContainText("tooU+202El");
  expect(await deceiving(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await closeLane(page, 1);
  await expect(page.getByText("Lane closed: modU+202Eel.")).toBeVisible();
  expect(await deceiving(page)).toEqual([]);
});

/** Words and attributes of the page that hold a character of another direction, without what stands in fields. */
function deceiving(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("body, body *")].flatMap((element) => {
      if (element.matches("textarea, script")) return [];
      const texts = [...element.childNodes].flatMap((node) => (node instanceof Text ? [node.data] : []));
      const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`);
      return [document.title, ...texts, ...attributes].filter((text) =>
        /[\u202A-\u202E\u2066-\u2069]/u.test(text),
      );
    }),
  );
}

test("a link that does not say where it leads shows its whole address before it opens", async ({
  open,
  upstream,
}) => {
  const address = "http://127.0.0.1:9/collect?what=was-said";
  upstream.script("linker", (exchange) => {
    exchange.delta({ content: `See [the weather report](${address}).` });
    exchange.finish();
  });
  const page = await open(["vllm/linker"]);
  const opened: string[] = [];
  page.context().on("page", (other) => opened.push(other.url()));
  await ask(page, "Link?");
  await settled(page);
  const link = answer(page, 1).getByRole("link", { name: "the weather report" });
  await link.click();
  const question = page.getByRole("dialog", { name: "Open this address?" });
  await expect(question).toContainText(address);
  expect(opened).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(link).toBeFocused();
  const ways = [
    () => link.click({ button: "middle" }),
    () => link.click({ modifiers: ["ControlOrMeta"] }),
    () => link.click({ modifiers: ["Shift"] }),
  ];
  for (const press of ways) {
    await press();
    await expect(question).toContainText(address);
    await page.keyboard.press("Escape");
    await expect(question).toHaveCount(0);
  }
  expect(opened).toEqual([]);
  await link.press("Enter");
  const other = page.context().waitForEvent("page");
  await question.getByRole("button", { name: "Open in a new tab" }).click();
  await (await other).close();
  await expect(question).toHaveCount(0);
});
