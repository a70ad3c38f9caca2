import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { closePanel, turnOn } from "./lane-setup";
import { answer, ask, prompt, settled } from "./screen";
import type { Exchange, Scenario } from "./upstream";

/** Calls the tool of this name once, and then says how long its result is. */
function callsOnce(name: string): Scenario {
  return (exchange) => {
    const result = resultIn(exchange);
    if (result !== null) {
      exchange.delta({ content: `It has ${result.length} characters.` });
      exchange.finish();
      return;
    }
    const call = { id: "call_1", type: "function", function: { name, arguments: "{}" } };
    exchange.delta({ tool_calls: [{ index: 0, ...call }] });
    exchange.finish("tool_calls");
  };
}

function resultIn({ body }: Pick<Exchange, "body">): string | null {
  const messages: unknown = body["messages"];
  if (!Array.isArray(messages)) return null;
  const last = messages.findLastIndex((message) => message?.role === "user");
  const found = messages.slice(last).find((message) => message?.role === "tool");
  return found === undefined ? null : String(found.content);
}

/** Imports tools from a file, as a person does. */
async function importTools(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: /^Tools, / }).click();
  await page.getByRole("button", { name: "Import…" }).click();
  const file = { name: "tools.txt", mimeType: "text/plain", buffer: Buffer.from(text) };
  await page.getByLabel("File of tools").setInputFiles(file);
  await page.getByRole("button", { name: /^Add \d+ tools?$/u }).click();
}

const plainTool = (name: string, description: string) => ({
  type: "function",
  function: { name, description, parameters: { type: "object", properties: {} } },
});

test("120 tools are on at once, and each request carries all of them", async ({ open, upstream }) => {
  const page = await open(["vllm/two-words"]);
  const names = Array.from({ length: 120 }, (_, index) => `look_up_${index + 1}`);
  await importTools(page, JSON.stringify(names.map((name) => plainTool(name, `Looks up ${name}.`))));
  const drawer = page.getByRole("dialog", { name: "Tools", exact: true });
  await expect(drawer.getByRole("button", { name: /^look_up_\d+ on$/u, pressed: true })).toHaveCount(120);
  await closePanel(page);
  await ask(page, "Which of them?");
  await settled(page);
  await expect(answer(page, 1)).toContainText("It depends.");
  expect(JSON.stringify(upstream.seen.at(-1)?.body["tools"]).match(/"look_up_\d+"/gu)).toHaveLength(120);
});

test("a description of 100,000 characters with markup in it is text everywhere, and is sent as it is", async ({
  open,
  upstream,
}) => {
  const page = await open(["vllm/two-words"]);
  const markup = `<img src=x onerror="window.__x=1"><script>window.__x=1</script>[a](javascript:window.__x=1)\u202E`;
  const description = markup + "long ".repeat(20_000).slice(markup.length);
  expect(description).toHaveLength(100_000);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await importTools(page, JSON.stringify([plainTool("described", description)]));
  const drawer = page.getByRole("dialog", { name: "Tools", exact: true });
  const row = drawer.getByRole("button", { name: "Edit described" });
  await expect(row).toContainText('<img src=x onerror="window.__x=1">');
  await expect(row).toContainText("U+202E");
  await row.click();
  await expect(page.getByRole("textbox", { name: "Description", exact: true })).toHaveValue(description);
  await expect(page.locator("main img, dialog img, [role=dialog] img, [role=dialog] script")).toHaveCount(0);
  await closePanel(page);
  await ask(page, "What is it?");
  await settled(page);
  expect(JSON.stringify(upstream.seen.at(-1)?.body["tools"])).toContain(JSON.stringify(description));
  expect(await page.evaluate(() => "__x" in window)).toBe(false);
  expect(asked.filter((url) => url.endsWith("/x"))).toEqual([]);
});

const LENGTH = 670_000;
const LONG_RESULT = `export default () => "y".repeat(${LENGTH});`;

test("of a result of 670,000 characters the model gets the beginning, all of it, or what a person makes of it", async ({
  open,
  upstream,
}) => {
  upstream.script("long-result", callsOnce("weather"));
  const page = await open(["vllm/long-result"]);
  await turnOn(page, ["weather"]);
  await page.getByRole("button", { name: /^Tools, / }).click();
  await page.getByRole("button", { name: "Edit weather" }).click();
  await page.getByRole("radio", { name: "JavaScript" }).check({ force: true });
  await page.getByRole("textbox", { name: "JavaScript" }).fill(LONG_RESULT);
  await page.getByRole("radio", { name: /^Runs by itself/u }).check({ force: true });
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await closePanel(page);

  const decide: readonly (readonly [way: string, act: () => Promise<void>, length: number])[] = [
    ["Send the first 20,000", () => press("Send the first 20,000"), 20_000],
    ["Send all", () => press("Send all"), LENGTH],
    [
      "Edit",
      async () => {
        await press("Edit");
        const field = answer(page, 1).getByRole("textbox", { name: /^Result for weather/u });
        await expect(field).toHaveValue("y".repeat(LENGTH));
        await field.fill("short");
        await press("Send edited result");
      },
      "short".length,
    ],
  ];
  const press = (name: string) => answer(page, 1).getByRole("button", { name, exact: true }).click();
  for (const [way, act, length] of decide) {
    const before = upstream.seen.length;
    await ask(page, `With ${way}`);
    await expect(answer(page, 1)).toContainText(
      "The result has 670,000 characters, ≈ 168k tokens (estimated). What does the model get?",
    );
    // The model is asked again only once a person has decided.
    expect(upstream.seen.length).toBe(before + 1);
    await act();
    await expect(answer(page, 1)).toContainText(`It has ${length} characters.`);
    await settled(page);
    // A comparison of its own for each way: history would bring the results before it.
    await page.keyboard.press("Alt+s");
    await page.getByRole("button", { name: "New comparison" }).first().click();
    await expect(answer(page, 1)).toHaveCount(0);
  }
});

const MEMORY_BOMB = `export default () => {
  const kept = [];
  for (;;) kept.push(new Array(1e6).fill(kept.length));
};`;

/** Runs this code as the tool "weather", types while it runs, and sends what becomes of it. */
async function runHostile(
  page: Page,
  code: string,
  meanwhile: () => Promise<unknown>,
  words: RegExp,
): Promise<void> {
  await turnOn(page, ["weather"]);
  await page.getByRole("button", { name: /^Tools, / }).click();
  await page.getByRole("button", { name: "Edit weather" }).click();
  await page.getByRole("radio", { name: "JavaScript" }).check({ force: true });
  await page.getByRole("textbox", { name: "JavaScript" }).fill(code);
  await page.getByRole("radio", { name: /^Runs by itself/u }).check({ force: true });
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await closePanel(page);
  const live = await livePage(page);
  await ask(page, "Weather?");
  await expect(answer(page, 1)).toContainText(/running weather/u);
  // The code has a process of its own, and the page is as quick as ever.
  await prompt(page).fill("still here");
  await expect(prompt(page)).toHaveValue("still here");
  await meanwhile();
  const result = `[...document.querySelectorAll("article textarea")].map((field) => field.value).join()`;
  await expect.poll(() => live(result), { timeout: 40_000 }).toMatch(words);
  await live(
    `[...document.querySelectorAll("button")].find((each) => each.textContent === "Send result").click()`,
  );
  await expect.poll(() => live("document.querySelector('main').innerText")).toContain("characters.");
  expect(await live("document.querySelector('textarea[name=prompt]').value")).toBe("still here");
}

test("JavaScript that uses up all memory ends its call with words, and the page goes on", async ({
  open,
  upstream,
}) => {
  test.slow();
  upstream.script("bomb", callsOnce("weather"));
  // It ends its own process, or is stopped at its limit: which of them is the browser's affair.
  const words = /used too much memory|had not returned by then|RangeError/u;
  await runHostile(await open(["vllm/bomb"]), MEMORY_BOMB, () => Promise.resolve(), words);
});

test("JavaScript whose process ends has its call end with words, and the page goes on", async ({
  open,
  upstream,
}) => {
  upstream.script("crash", callsOnce("weather"));
  const page = await open(["vllm/crash"]);
  const crash = async () => {
    const frame = page.frames().find((each) => each !== page.mainFrame());
    if (frame === undefined) throw new Error("Code runs in a frame");
    const cdp = await page.context().newCDPSession(frame);
    // Answered by nobody: what would answer is gone.
    void cdp.send("Page.crash").catch(() => undefined);
  };
  await runHostile(page, "export default () => new Promise(() => {});", crash, /used too much memory/u);
});

/**
 * Evaluates in the page itself, past Playwright, which takes the page for crashed once a frame of it is, in a process of its
 * own.
 */
async function livePage(page: Page): Promise<(expression: string) => Promise<string>> {
  const cdp = await page.context().newCDPSession(page);
  return async (expression) => {
    const { result, exceptionDetails } = await cdp.send("Runtime.evaluate", { expression });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    return String(result.value ?? "");
  };
}

/** Leads every request on to where the path says. */
async function startLeading(): Promise<{ server: Server; origin: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? "");
    response.writeHead(302, { location: decodeURIComponent((request.url ?? "/").slice(1)) });
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  return { server, origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, seen };
}

test("an HTTP tool that goes to a metadata address, also by a redirect, or to Vitrine, is refused in words on its card", async ({
  open,
  upstream,
  app,
}) => {
  const leading = await startLeading();
  const metadata = "http://169.254.169.254/latest/meta-data/";
  const cases: readonly (readonly [address: string, words: RegExp])[] = [
    [metadata, /169\.254\.169\.254 is never called/u],
    [
      `${leading.origin}/${encodeURIComponent(metadata)}`,
      /redirected, and was not followed.*169\.254\.169\.254/u,
    ],
    [`${app.url}/api/health`, /Vitrine itself/u],
  ];
  upstream.script("fetches", callsOnce("fetch_it"));
  const page = await open(["vllm/fetches"]);
  await importTools(page, JSON.stringify([plainTool("fetch_it", "Fetches it.")]));
  await page.getByRole("button", { name: "Edit fetch_it" }).click();
  await page.getByRole("radio", { name: "HTTP" }).check({ force: true });
  for (const [address, words] of cases) {
    await page.getByRole("textbox", { name: "Address" }).fill(address);
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Close fetch_it" }).click();
    const before = upstream.seen.length;
    await ask(page, `Fetch ${address}`);
    await settled(page);
    const card = answer(page, 1).getByRole("group", { name: "Tool call: fetch_it" });
    await card.getByRole("button", { name: "Run fetch_it" }).click();
    await expect(card).toContainText(words);
    // The failure waits for a person: nothing of it went to the model.
    expect(upstream.seen.length).toBe(before + 1);
    await card.getByRole("button", { name: "Deny" }).click();
    await settled(page);
    await page.getByRole("button", { name: /^Tools, / }).click();
    await page.getByRole("button", { name: "Edit fetch_it" }).click();
  }
  expect(leading.seen).toEqual([`/${encodeURIComponent(metadata)}`]);
  leading.server.close();
  await page.getByRole("button", { name: "Close fetch_it" }).click();
  await prompt(page).fill("still here");
  await expect(prompt(page)).toHaveValue("still here");
});
