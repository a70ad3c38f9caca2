import { expect, it, vi } from "vitest";

import { openTestPage } from "@/components/__fixtures__/test-page";
import { asObject, isList } from "@/lib/stream/turn/json-read";

import { ToolsPanel } from "./tools-panel";

/** The drawer of a lane on Claude with one tool on, whose counter gives 10 tokens and 90 for each tool. */
async function openPriced(key: string | null) {
  let isBroken = false;
  const page = await openTestPage(({ path, body }) => {
    if (path !== "/api/count") return undefined;
    const why = { source: "provider", code: "HTTP_401", message: "invalid x-api-key", retryable: false };
    if (isBroken) return Response.json({ error: why }, { status: 401 });
    const sent = asObject(asObject(JSON.parse(JSON.stringify(body)))?.["body"])?.["tools"];
    return { tokens: 10 + 90 * (isList(sent) ? sent.length : 0) };
  });
  const [lane] = page.app.lanes();
  if (lane === undefined) expect.unreachable("there is a lane");
  page.app.actions.changeSetup(lane.id, {
    provider: "anthropic",
    model: "claude-x",
    tools: ["sample-weather"],
  });
  if (key !== null) page.app.actions.setKey("anthropic", null, key);
  const screen = await page.show(<ToolsPanel onMcp={vi.fn()} onClose={vi.fn()} />);
  const counts = () => page.asked.filter(({ path }) => path === "/api/count").length;
  await screen.getByRole("button", { name: /^Lane 1: ≈ \d+ tokens for 1 tool$/u }).click();
  return { page, screen, counts, lane, breakCounter: () => (isBroken = true) };
}

it("the provider's counter is asked at a press alone, and what it says is marked as reported until a tool changes", async () => {
  const { page, screen, counts, lane } = await openPriced("k");
  expect(counts()).toBe(0);
  await screen.getByRole("button", { name: "Count with Anthropic" }).click();
  await expect.element(screen.getByRole("button", { name: "Lane 1: 90 tokens for 1 tool" })).toBeVisible();
  await expect.element(screen.getByText(/^Reported by the counter of Anthropic/u)).toBeVisible();
  expect(counts()).toBe(2);
  page.app.actions.changeSetup(lane.id, { tools: ["sample-weather", "sample-add"] });
  await expect
    .element(screen.getByRole("button", { name: /^Lane 1: ≈ \d+ tokens for 2 tools$/u }))
    .toBeVisible();
  expect(counts()).toBe(2);
});

it("a counter that refuses leaves the estimate, says why, and can be asked again", async () => {
  const { screen, breakCounter } = await openPriced("k");
  breakCounter();
  await screen.getByRole("button", { name: "Count with Anthropic" }).click();
  await expect.element(screen.getByText("Not counted: invalid x-api-key")).toBeVisible();
  await expect.element(screen.getByRole("button", { name: "Count with Anthropic" })).toBeEnabled();
});

it("no counter is offered without a key", async () => {
  const { screen } = await openPriced(null);
  await expect.element(screen.getByText(/^Estimated from the text/u)).toBeVisible();
  await expect.element(screen.getByRole("button", { name: /^Count with/u })).not.toBeInTheDocument();
});
