import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { EVERYTHING } from "../lib/server/mcp/__fixtures__/everything";
import { startApp } from "./app";
import { expect, test } from "./fixtures";
import { closePanel } from "./lane-setup";
import { answer, answers, ask, lane, prompt, settled, stopAll, texts } from "./screen";
import type { Scenario } from "./upstream";

const TOOL = "trigger-elicitation-request";
/** As many as Vitrine keeps open at once: a browser has six connections to one server. */
const STREAMING = [2, 3, 4, 5, 6] as const;

/** Calls the tool that asks a person, and goes on with words once it has the result. */
const asks: Scenario = (exchange) => {
  const messages: unknown = exchange.body["messages"];
  const isAnswered = Array.isArray(messages) && messages.at(-1)?.role === "tool";
  if (isAnswered) {
    exchange.delta({ content: "I heard it." });
    return exchange.finish();
  }
  const call = { id: "call_1", type: "function", function: { name: TOOL, arguments: "{}" } };
  exchange.delta({ tool_calls: [{ index: 0, ...call }] });
  return exchange.finish("tool_calls");
};

test("while five lanes stream and a tool waits for an answer, the answer gets through, another comparison opens, and Stop all stops", async ({
  page,
  upstream,
}) => {
  test.slow();
  upstream.script("asks", asks);
  const folder = await mkdtemp(path.join(os.tmpdir(), "vitrine-waiting-"));
  const file = path.join(folder, "vitrine.mcp.json");
  const everything = { command: process.execPath, args: [EVERYTHING, "stdio"] };
  await writeFile(file, JSON.stringify({ mcpServers: { everything } }));
  const app = await startApp({ VLLM_BASE_URL: upstream.baseUrl, VITRINE_LLAMA: "off", VITRINE_MCP: file });
  const question = answer(page, 1).getByRole("group", { name: "Question from everything" });

  /** Runs all lanes, lets the tool run, and resolves once it waits while the five others stream. */
  const askAll = async (text: string) => {
    await ask(page, text);
    await answer(page, 1)
      .getByRole("button", { name: `Run ${TOOL}` })
      .click();
    await expect(question).toBeVisible({ timeout: 30_000 });
    for (const laneNumber of STREAMING) {
      await expect(answer(page, laneNumber)).toHaveAttribute("aria-busy", "true");
      await expect(texts(page, laneNumber)).toContainText("The lamp in the hall");
    }
  };

  try {
    const lanes = ["asks", ...STREAMING.map(() => "endless")].map((model) => ["lane", `vllm/${model}`]);
    await page.goto(`${app.url}/?${new URLSearchParams(lanes).toString()}`);
    await page.locator("[data-boot=ready]").waitFor();
    await page.getByRole("button", { name: /^Tools, / }).click();
    await page.getByRole("button", { name: "MCP servers" }).click();
    await page.getByRole("button", { name: "Open everything" }).click();
    await page.getByRole("switch", { name: `Use ${TOOL}` }).click({ timeout: 30_000 });
    await expect(page.getByRole("switch", { name: `Use ${TOOL}` })).toBeChecked();
    await closePanel(page);

    await askAll("First");
    await question.getByRole("textbox", { name: "String (required)" }).fill("Ada");
    await question.getByRole("button", { name: "Send answer" }).click();
    const line = lane(page, 1).getByRole("button", { name: new RegExp(`^${TOOL}\\(\\) → `, "u") });
    await expect(line).toBeVisible();
    for (const laneNumber of STREAMING)
      await expect(answer(page, laneNumber)).toHaveAttribute("aria-busy", "true");
    await line.click();
    await expect(answer(page, 1)).toContainText("- Name: Ada");
    await stopAll(page).click();
    await settled(page);

    await askAll("Second");
    await page.keyboard.press("Alt+s");
    await page.getByRole("button", { name: "New comparison" }).first().click();
    await expect(answers(page, 1)).toHaveCount(0);
    await prompt(page).fill("typed in another comparison");
    await expect(prompt(page)).toHaveValue("typed in another comparison");
    await page.keyboard.press("Alt+s");
    await page
      .getByRole("list", { name: "Saved comparisons" })
      .getByRole("button", { name: /^First/u })
      .click();
    await expect(answers(page, 1)).toHaveCount(2);

    await askAll("Third");
    await stopAll(page).click();
    await settled(page);
    await expect(question).toHaveCount(0);
    await expect(answer(page, 1)).toContainText("Stopped.");
    for (const laneNumber of STREAMING)
      await expect(answer(page, laneNumber)).toHaveAttribute("aria-busy", "false");
  } finally {
    await app.stop();
    await rm(folder, { recursive: true });
  }
});
