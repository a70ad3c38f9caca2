/** What a person does with MCP servers, and a model that calls what its prompt names. */
import { expect, type Locator, type Page } from "@playwright/test";

import { closePanel } from "./lane-setup";
import { answer, ask, settled } from "./screen";
import type { Exchange, Scenario } from "./upstream";

/** Calls the tool that the last prompt names, such as `call echo {"message":"hi"}`, and then repeats what it got. */
export const obedient: Scenario = (exchange) => {
  const last = messagesOf(exchange).at(-1) ?? {};
  if (last["role"] === "tool") {
    exchange.delta({ content: `I got: ${String(last["content"]).slice(0, 60)}` });
    exchange.finish();
    return;
  }
  const [, name = "", args = "{}"] = /^call (\S+) ?(.*)$/su.exec(String(last["content"])) ?? [];
  const call = { id: `call_${name}`, type: "function", function: { name, arguments: args || "{}" } };
  exchange.delta({ tool_calls: [{ index: 0, ...call }] });
  exchange.finish("tool_calls");
};

function messagesOf({ body }: Pick<Exchange, "body">): readonly Record<string, unknown>[] {
  const messages: unknown = body["messages"];
  return Array.isArray(messages) ? messages : [];
}

/** What the model gets as the result of the call that it made last, once it has it and has answered. */
export async function resultOf(page: Page, seen: readonly Pick<Exchange, "body">[]): Promise<string> {
  const last = () => messagesOf(seen.at(-1) ?? { body: {} }).at(-1);
  await expect.poll(() => last()?.["role"]).toBe("tool");
  await settled(page);
  return String(last()?.["content"]);
}

/** Leads to the list of MCP servers. */
export async function openMcp(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: /^Tools, / }).click();
  await page.getByRole("dialog").getByRole("button", { name: "MCP servers" }).click();
  return page.getByRole("dialog", { name: "MCP servers" });
}

/** Opens the card of a server that the configuration names, and waits until it is connected. */
export async function openConfigured(page: Page, name: string): Promise<Locator> {
  const list = await openMcp(page);
  await list.getByRole("button", { name: `Open ${name}` }).click();
  return connected(page, name);
}

/** Adds a server by its address, and waits until it is connected. */
export async function addServer(page: Page, name: string, url: string): Promise<Locator> {
  const list = await openMcp(page);
  await list.getByRole("button", { name: "Add an MCP server" }).click();
  const form = page.getByRole("dialog", { name: "Add an MCP server" });
  await form.getByLabel("Address").fill(url);
  await form.getByLabel("Name", { exact: true }).fill(name);
  await form.getByRole("button", { name: "Add server" }).click();
  return connected(page, name);
}

async function connected(page: Page, name: string): Promise<Locator> {
  const card = page.getByRole("dialog", { name });
  await expect(card.getByText("connected", { exact: true })).toBeVisible();
  return card;
}

/** Switches tools on in a server's card, and leaves the panel. */
export async function useTools(page: Page, card: Locator, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const toggle = card.getByRole("switch", { name: `Use ${name}`, exact: true });
    await toggle.click();
    await expect(toggle).toBeChecked();
  }
  await closePanel(page);
}

/** Has the model make a call and lets it run, as its card asks. */
export async function run(page: Page, tool: string, args: object = {}): Promise<void> {
  await ask(page, `call ${tool} ${JSON.stringify(args)}`);
  await answer(page, 1)
    .getByRole("button", { name: `Run ${tool}`, exact: true })
    .click();
}

/** The open card of the last answer's call. An answered call is a line, which a press opens. */
export async function openCard(page: Page, tool: string): Promise<Locator> {
  const card = answer(page, 1).getByRole("group", { name: `Tool call: ${tool}`, exact: true });
  const line = card.getByRole("button", { name: new RegExp(`^${tool}`) });
  await expect(line).toBeVisible();
  if ((await line.getAttribute("aria-expanded")) === "false") await line.click();
  return card;
}
