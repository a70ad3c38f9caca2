/** The page before its scripts have run: what a person does then counts. */
import type { Page, Request } from "@playwright/test";

import { startApp } from "./app";
import { expect, test } from "./fixtures";
import { hold } from "./hold-files";
import { answers, lane, prompt, run, settled, texts } from "./screen";

const SERVERS = "**/api/providers";

const ready = (page: Page) => page.locator("[data-boot=ready]");

/** Calls for servers, and what went wrong, from now on. */
function watch(page: Page) {
  const servers: Request[] = [];
  const problems: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/providers") servers.push(request);
  });
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  return { servers, problems };
}

test("servers are asked for by the first HTML, once, before its scripts and styles have come", async ({
  page,
  app,
}) => {
  const { servers, problems } = watch(page);
  const release = await hold(page, /\/_next\/static\//u);
  const asked = page.waitForRequest(SERVERS);
  await page.goto(app.url, { waitUntil: "commit" });
  expect((await asked).headers()["x-vitrine"]).toBe("1");
  release();
  await ready(page).waitFor();
  await expect(lane(page, 1)).toContainText("Ready");
  expect([servers.length, problems]).toEqual([1, []]);
});

test("the page's scripts are asked for once it is painted", async ({ page, app }) => {
  const { problems } = watch(page);
  await page.goto(app.url, { waitUntil: "commit" });
  await ready(page).waitFor();
  const [paint, scripts] = await page.evaluate(() => [
    performance.getEntriesByName("first-contentful-paint").map(({ startTime }) => startTime),
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => /\/_next\/static\/.*\.js$/u.test(name))
      .map(({ startTime }) => startTime),
  ]);
  const [painted = Number.POSITIVE_INFINITY] = paint;
  expect([scripts.length > 2, scripts.filter((asked) => asked < painted), problems]).toEqual([true, [], []]);
});

test("the page from memory is the one that Next makes, whoever asks", async ({ request, app }) => {
  const html = async (headers: Record<string, string>) => {
    const reply = await request.get(app.url, { headers });
    const nonce = /'nonce-([^']+)'/u.exec(reply.headers()["content-security-policy"] ?? "")?.[1] ?? "none";
    return (await reply.text()).replaceAll(nonce, "NONCE");
  };
  const kept = await html({});
  // A token in a header is not for the memory.
  const fresh = { authorization: "Bearer not-asked-for" };
  const others = [
    fresh,
    { ...fresh, host: `localhost:${new URL(app.url).port}` },
    { ...fresh, "user-agent": "Googlebot", "accept-language": "de" },
  ];
  for (const headers of others) {
    const made = (await html(headers))
      .replaceAll(/<link rel="preload" as="script"[^>]*>/gu, "")
      .replaceAll(/<script (?=src="[^>]* async="")/gu, '<script type="text/plain" data-held ');
    expect(made).toBe(kept);
  }
});

test("a call for servers that the first HTML began and that failed is asked again, and nobody hears of it", async ({
  page,
  app,
}) => {
  const { servers } = watch(page);
  const release = await hold(page);
  await page.route(SERVERS, (route) => route.abort(), { times: 1 });
  const failed = page.waitForEvent("requestfailed");
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  await page.goto(app.url, { waitUntil: "commit" });
  await failed;
  release();
  await ready(page).waitFor();
  await expect(lane(page, 1)).toContainText("Ready");
  await expect(page.getByText("Vitrine's server is not responding")).toHaveCount(0);
  expect([servers.length, errors]).toEqual([2, []]);
});

test("the first script has the nonce of its own reply, whatever a visitor sends", async ({
  request,
  app,
}) => {
  const reply = await request.get(app.url, { headers: { "x-nonce": "evil" } });
  const nonce = /'nonce-([^']+)'/u.exec(reply.headers()["content-security-policy"] ?? "")?.[1];
  const html = await reply.text();
  const nonces = [...html.matchAll(/<script[^>]* nonce="([^"]*)"/gu)].map(([, found]) => found);
  expect(html).toContain("vitrineFirst");
  expect([new Set(nonces), html.includes("evil")]).toEqual([new Set([nonce]), false]);
});

test("the page that asks for the token asks for no servers", async ({ request }) => {
  const app = await startApp({ VITRINE_LLAMA: "off", VITRINE_TOKEN: "secret-token-of-a-test" });
  try {
    const html = await (await request.get(app.url, { headers: { "x-nonce": "evil" } })).text();
    expect(html).toContain("Enter the access token");
    expect(html).not.toContain("vitrineFirst");
    const bearer = { authorization: "Bearer secret-token-of-a-test" };
    expect(await (await request.get(app.url, { headers: bearer })).text()).toContain("vitrineFirst");
  } finally {
    await app.stop();
  }
});

test("the page waits for no server: it is there and keeps what is typed while none has answered", async ({
  page,
  app,
}) => {
  await page.route(SERVERS, () => undefined);
  await page.goto(app.url);
  await ready(page).waitFor();
  await prompt(page).fill("Hello");
  await expect(prompt(page)).toHaveValue("Hello");
});

test("what is typed before the scripts have run stays, with its caret, and takes the example's place", async ({
  page,
  app,
}) => {
  const { problems } = watch(page);
  const release = await hold(page);
  await page.goto(app.url, { waitUntil: "commit" });
  await prompt(page).click();
  await page.keyboard.type("Say hi");
  await page.keyboard.press("Home");
  release();
  await ready(page).waitFor();
  await expect(prompt(page)).toHaveValue("Say hi");
  await page.keyboard.type("Now: ");
  await expect(prompt(page)).toHaveValue("Now: Say hi");
  expect(problems).toEqual([]);
});

test("whoever goes into the prompt before the page is ready types over the example", async ({
  page,
  app,
}) => {
  const release = await hold(page);
  await page.goto(app.url, { waitUntil: "commit" });
  await prompt(page).click();
  release();
  await ready(page).waitFor();
  await expect(prompt(page)).toHaveValue("What is the weather in Florence?");
  await page.keyboard.type("Say hi");
  await expect(prompt(page)).toHaveValue("Say hi");
});

test("what is typed before the scripts have run is saved, and follows the draft that was saved before", async ({
  page,
  app,
}) => {
  for (const [typed, then] of [
    ["First", "First"],
    ["Second", "First\nSecond"],
  ] as const) {
    const release = await hold(page);
    await page.goto(app.url, { waitUntil: "commit" });
    await prompt(page).fill(typed);
    release();
    await ready(page).waitFor();
    await expect(prompt(page)).toHaveValue(then);
  }
  await page.reload();
  await ready(page).waitFor();
  await expect(prompt(page)).toHaveValue("First\nSecond");
});

test("a letter that is typed before the page is ready is the field's alone; a shortcut is the page's", async ({
  page,
  app,
}) => {
  const release = await hold(page);
  await page.goto(app.url, { waitUntil: "commit" });
  await prompt(page).click();
  // React takes the whole page over, in one piece, before it passes such an event on.
  await page.evaluate(() => {
    for (const type of ["keydown", "keypress", "input", "keyup"]) {
      const hear = (): void => void (document.documentElement.dataset["heard"] = type);
      document.addEventListener(type, hear, true);
    }
  });
  await page.keyboard.press("x");
  await expect(prompt(page)).toHaveValue("x");
  await expect(page.locator("html")).not.toHaveAttribute("data-heard");
  await page.keyboard.press("Alt+k");
  await expect(page.locator("html")).toHaveAttribute("data-heard", /key/u);
  release();
  await ready(page).waitFor();
  await expect(prompt(page)).toHaveValue("x");
});

test("a starter that is pressed before the scripts have run runs once, as soon as the page is ready", async ({
  page,
  app,
  upstream,
}) => {
  const { problems } = watch(page);
  const before = upstream.seen.length;
  const release = await hold(page);
  await page.goto(`${app.url}/?lane=vllm/plain`, { waitUntil: "commit" });
  const starter = page.getByRole("button", { name: /^Think hard, then answer/u });
  await starter.click();
  await expect(starter).toHaveAttribute("data-waiting", "");
  release();
  await answers(page, 1).waitFor();
  await settled(page);
  expect(upstream.seen.slice(before).map(({ body }) => body["messages"])).toEqual([
    [expect.objectContaining({ role: "user", content: "Why is the sky blue?" })],
  ]);
  await expect(prompt(page)).toHaveValue("");
  expect(problems).toEqual([]);
});

for (const way of ["Run", "Enter"] as const) {
  test(`${way} before the scripts have run sends what is typed once, as soon as the page is ready`, async ({
    page,
    app,
    upstream,
  }) => {
    const { problems } = watch(page);
    const before = upstream.seen.length;
    const release = await hold(page);
    await page.goto(`${app.url}/?lane=vllm/plain`, { waitUntil: "commit" });
    await prompt(page).click();
    await page.keyboard.type("Early");
    if (way === "Enter") await page.keyboard.press("Enter");
    else {
      await run(page).dispatchEvent("click");
      await run(page).dispatchEvent("click");
    }
    release();
    await answers(page, 1).waitFor();
    await settled(page);
    await expect(prompt(page)).toHaveValue("");
    await expect(texts(page, 1)).toBeVisible();
    expect(upstream.seen.slice(before).map(({ body }) => body["messages"])).toEqual([
      [expect.objectContaining({ role: "user", content: "Early" })],
    ]);
    expect(problems).toEqual([]);
  });
}

test("a word that an input method composes while the scripts start is not cut off", async ({ page, app }) => {
  const release = await hold(page);
  const cdp = await page.context().newCDPSession(page);
  await page.goto(app.url, { waitUntil: "commit" });
  await prompt(page).click();
  await cdp.send("Input.imeSetComposition", { text: "ni", selectionStart: 2, selectionEnd: 2 });
  await prompt(page).evaluate((field) => {
    field.addEventListener("compositionend", () => (field.dataset["ended"] = "early"));
  });
  release();
  await ready(page).waitFor();
  await expect(prompt(page)).toHaveValue("ni");
  await expect(prompt(page)).not.toHaveAttribute("data-ended");
  await cdp.send("Input.insertText", { text: "你" });
  await expect(prompt(page)).toHaveValue("你");
});

test("each letter that is typed while a slow machine starts the page stays, and Enter sends all of it once", async ({
  page,
  app,
  upstream,
}) => {
  const before = upstream.seen.length;
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(`${app.url}/?lane=vllm/plain`, { waitUntil: "commit" });
  await prompt(page).focus();
  let typed = "";
  while ((await ready(page).count()) === 0) {
    const letter = String.fromCharCode(97 + (typed.length % 26));
    typed += letter;
    await page.keyboard.press(letter);
  }
  await page.keyboard.press("z");
  typed += "z";
  await expect(prompt(page)).toHaveValue(typed);
  await page.keyboard.press("Enter");
  await answers(page, 1).waitFor();
  await settled(page);
  expect(upstream.seen.slice(before).map(({ body }) => body["messages"])).toEqual([
    [expect.objectContaining({ role: "user", content: typed })],
  ]);
});

test("Enter on a slow machine before the page is ready sends once", async ({ page, app, upstream }) => {
  const before = upstream.seen.length;
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(`${app.url}/?lane=vllm/plain`, { waitUntil: "commit" });
  await prompt(page).focus();
  await page.keyboard.type("Slow");
  await page.keyboard.press("Enter");
  await answers(page, 1).waitFor();
  await settled(page);
  expect(upstream.seen.slice(before).map(({ body }) => body["messages"])).toEqual([
    [expect.objectContaining({ role: "user", content: "Slow" })],
  ]);
});
