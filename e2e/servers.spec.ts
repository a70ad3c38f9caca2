import { readFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";

import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";
import { ask, lane, run, settled } from "./screen";
import { seriousInBothThemes } from "./serious";

const CASES = path.join(import.meta.dirname, "../fixtures/cases");

type Asked = { readonly path: string; readonly authorization: string | undefined };

/** A model server: `list` answers what ends in `/models` below `base`, anything else of the API streams one word. */
async function serveModels(list: string, base = "/v1") {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    const { url = "", headers } = request;
    asked.push({ path: url, authorization: headers.authorization });
    request.resume();
    const [where = ""] = url.split("?");
    if (where === `${base}/models`) {
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(list);
    }
    if (where === `${base}/chat/completions`) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const chunk = { choices: [{ index: 0, delta: { content: "Hello" }, finish_reason: "stop" }] };
      return response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
    }
    response.writeHead(404, { "content-type": "application/json" });
    return response.end('{"detail":"Not Found"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const listOf = (...ids: readonly string[]) =>
  JSON.stringify({ object: "list", data: ids.map((id) => ({ id })) });

async function addServer(page: Page, url: string, name: string): Promise<void> {
  await page.getByRole("button", { name: "Add a server", exact: true }).click();
  await page.getByLabel("Base URL").fill(url);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Add server" }).click();
}

async function chooseFrom(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Choose a model of ${name}`, exact: true }).click();
}

const options = (page: Page) => page.getByRole("dialog").getByRole("option");

test("a server with a query, a user and a password answers, and a reload asks for what was secret", async ({
  open,
}) => {
  const server = await serveModels(listOf("attic-7b"));
  const page = await open(["vllm/plain"]);
  const typed = `${server.origin.replace("//", "//anna:pass%20word@")}/v1/chat/completions?api-version=1`;
  await addServer(page, typed, "Attic");
  await chooseFrom(page, "Attic");
  await options(page).filter({ hasText: "attic-7b" }).first().click();
  await ask(page, "Hi");
  await expect(lane(page, 1)).toContainText("Hello");
  await settled(page);
  expect(server.asked.at(-1)).toEqual({
    path: "/v1/chat/completions?api-version=1",
    authorization: "Basic YW5uYTpwYXNzIHdvcmQ=",
  });
  await page.reload();
  await page.locator("[data-boot=ready]").waitFor();
  await lane(page, 1).getByRole("button", { name: "needs a key" }).click();
  await page.getByLabel(/^User for/).fill("anna");
  await page.getByLabel("Password").fill("pass word");
  await page.getByRole("button", { name: "Use it" }).click();
  await ask(page, "Again");
  await settled(page);
  expect(server.asked.at(-1)?.authorization).toBe("Basic YW5uYTpwYXNzIHdvcmQ=");
  server.close();
});

test("a server that answers below /v1 only is listed with that address, and works with it", async ({
  open,
}) => {
  const server = await serveModels(listOf("attic-7b"), "/llama/v1");
  const page = await open(["vllm/plain"]);
  await addServer(page, `${server.origin}/llama`, "Attic");
  await page.getByRole("button", { name: `Use ${server.origin}/llama/v1 instead` }).click();
  await chooseFrom(page, "Attic");
  await options(page).filter({ hasText: "attic-7b" }).first().click();
  await ask(page, "Hi");
  await expect(lane(page, 1)).toContainText("Hello");
  server.close();
});

for (const [name, ids] of [
  ["models-plain-strings", ["alpha-7b", "beta-13b"]],
  ["models-bare-strings", ["alpha-7b", "beta-13b"]],
  ["models-map", ["alpha-7b", "beta-13b"]],
  ["models-empty-and-missing-ids", ["good-one"]],
] as const) {
  test(`a server whose list is ${name} is listed with its models`, async ({ open }) => {
    const server = await serveModels(readFileSync(path.join(CASES, `${name}.models.json`), "utf8"));
    const page = await open(["vllm/plain"]);
    await addServer(page, `${server.origin}/v1`, "Attic");
    await chooseFrom(page, "Attic");
    for (const id of ids) await expect(options(page).filter({ hasText: id }).first()).toBeVisible();
    server.close();
  });
}

test("20,000 models of one server are all found, and only those near the view are drawn", async ({
  open,
}) => {
  const server = await serveModels(listOf(...Array.from({ length: 20_000 }, (_, at) => `many-${at}`)));
  const page = await open(["vllm/plain"]);
  await addServer(page, `${server.origin}/v1`, "Attic");
  await chooseFrom(page, "Attic");
  await expect(options(page).filter({ hasText: /^many-0$/ })).toBeVisible();
  expect(await options(page).count()).toBeLessThan(500);
  await page.keyboard.press("End");
  await expect(options(page).last()).toBeVisible();
  await page.getByRole("combobox", { name: "Model" }).fill("many-19999");
  await options(page).filter({ hasText: "many-19999" }).first().click();
  await expect(page.getByRole("region", { name: "Lane 1: many-19999" })).toBeVisible();
  server.close();
});

test("a server that nobody can reach is still listed, with its problem", async ({ open }) => {
  const server = await serveModels("");
  server.close();
  const page = await open(["vllm/plain"]);
  await addServer(page, `${server.origin}/v1`, "Attic");
  const row = page.getByRole("dialog", { name: "Servers" }).getByRole("listitem", { name: "Attic" });
  await expect(row).toContainText("refused");
  await expect(row).toContainText("No server is listening at");
  await chooseFrom(page, "Attic");
  const group = page.getByRole("dialog", { name: "Model" }).getByRole("group", { name: "Attic" });
  await expect(group.getByRole("option", { name: /^Try again/ })).toBeVisible();
});

test("the filter has the focus when the picker is opened from the settings", async ({ open }) => {
  const page = await open(["vllm/plain", "vllm/plain"]);
  await lane(page, 1).getByRole("button", { name: "Settings of lane 1" }).click();
  await page
    .getByRole("dialog", { name: "Settings" })
    .getByRole("button", { name: /^plain/ })
    .click();
  await expect(page.getByRole("combobox", { name: "Model" })).toBeFocused();
  await page.keyboard.type("thinker");
  await expect(page.getByRole("combobox", { name: "Model" })).toHaveValue("thinker");
});

test("an imported comparison's server is asked for before anything goes there", async ({ open }) => {
  const server = await serveModels(listOf("attic-7b"));
  const page = await open(["vllm/plain"]);
  await addServer(page, `${server.origin}/v1`, "OpenAI");
  await chooseFrom(page, "OpenAI");
  await options(page).filter({ hasText: "attic-7b" }).first().click();
  await ask(page, "Hi");
  await settled(page);
  const before = server.asked.length;
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      const raw = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name ?? "");
        opening.addEventListener("success", () => resolve(opening.result));
      });
      const transaction = raw.transaction("person", "readwrite");
      const keys = transaction.objectStore("person").getAllKeys();
      keys.addEventListener("success", () => {
        for (const key of keys.result) {
          if (typeof key === "string" && key.startsWith("endpoint "))
            transaction.objectStore("person").delete(key);
        }
      });
      await new Promise<void>((resolve) => transaction.addEventListener("complete", () => resolve()));
      raw.close();
    }
  });
  await page.reload();
  await page.locator("[data-boot=ready]").waitFor();
  await ask(page, "Again");
  const question = page.getByRole("dialog", { name: "Send to this server?" });
  await expect(question).toContainText(
    `wants to send your prompt to ${server.origin}, which it calls “OpenAI”`,
  );
  expect(server.asked.length).toBe(before);
  expect(await seriousInBothThemes(page)).toEqual([]);
  await question.getByRole("button", { name: "Do not send" }).click();
  await expect(lane(page, 1)).toContainText("you did not allow it");
  expect(server.asked.length).toBe(before);
  await run(page).waitFor();
  await ask(page, "Once more");
  await question.getByRole("button", { name: "Allow and send" }).click();
  await settled(page);
  expect(server.asked.slice(before).map(({ path: asked }) => asked)).toContain("/v1/chat/completions");
  server.close();
});

test("a server that was added is still there after a link to other lanes was opened", async ({
  app,
  open,
}) => {
  const server = await serveModels(listOf("attic-7b"));
  const page = await open(["vllm/plain"]);
  await addServer(page, `${server.origin}/v1`, "Attic");
  await chooseFrom(page, "Attic");
  await options(page).filter({ hasText: "attic-7b" }).first().click();
  await page.goto(`${app.url}/?lane=vllm/plain&lane=vllm/two-words`);
  await page.locator("[data-boot=ready]").waitFor();
  await page.getByRole("button", { name: /^Model of lane 2/ }).click();
  await options(page).filter({ hasText: "attic-7b" }).first().click();
  await ask(page, "Hi");
  await expect(lane(page, 2)).toContainText("Hello");
  await settled(page);
  server.close();
});

test("only one button is named Paste a key, beside a lane that names its server", async ({ open }) => {
  const page = await open(["vllm/plain", "groq/some-model"]);
  await expect(page.getByRole("button", { name: "Paste a key", exact: true })).toHaveCount(1);
  await lane(page, 2).getByRole("button", { name: "Paste a key for Groq" }).click();
  await expect(page.getByLabel("Key for Groq")).toBeFocused();
});
