import { describe, expect, it } from "vitest";

import {
  addAnswer,
  Answers,
  offerTool,
  openTestPage,
  type Replies,
} from "@/components/__fixtures__/test-page";
import { buildCall, buildStep } from "@/lib/stream/turn/__fixtures__/build-step";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

const parameters = { type: "object", properties: { sum: { type: "number" } } };

const pay: ToolDefinition = {
  id: "pay",
  name: "pay",
  description: "Pays a bill.",
  parameters,
  strict: null,
  ...NEW_TOOL_CHOICES,
  binding: {
    kind: "mcp",
    server: { from: "config", name: "bank" },
    tool: "pay",
    gives: "text",
    hash: "accepted",
  },
};

const CHANGED = "bank changed pay since you accepted it, so it was not called. Look at what changed first.";

/** A bank that has changed its tool: it runs only what was accepted as it is now. */
function bank(description: string, state: "ready" | "failed" = "ready"): Replies {
  const hints = { isReadOnly: null, isDestructive: null, isIdempotent: null };
  const now = { name: "pay", title: null, description, parameters, output: null, hints, hash: "now" };
  const ready = {
    state: "ready",
    transport: "stdio",
    protocol: "2026-07-28",
    software: null,
    instructions: null,
    latencyMs: 1,
    revision: 0,
    tools: [now],
    leftOut: [],
    prompts: [],
    resources: [],
    templates: [],
    problems: [],
  };
  const failed = {
    state: "failed",
    error: { source: "network", code: "X", message: "bank did not start.", retryable: true },
  };
  return ({ path, body }) => {
    if (path === "/api/mcp/describe") return state === "ready" ? ready : failed;
    if (path !== "/api/tools/start") return undefined;
    const { run, binding } = Object(body);
    const event =
      binding.hash === "now"
        ? {
            type: "end",
            result: { output: "paid", isError: false, origin: { by: "mcp", server: "bank", tool: "pay" } },
          }
        : { type: "fail", message: CHANGED, reason: "tool-changed" };
    return { run, events: [event], next: 1, isDone: true };
  };
}

const waiting: ToolCallPart = buildCall({
  name: "pay",
  input: '{"sum":3}',
  status: { state: "awaiting-result", args: { valid: true, value: { sum: 3 } } },
});

async function open(replies: Replies, tool = pay) {
  const page = await openTestPage(replies);
  offerTool(page.app, tool);
  addAnswer(page.app, 0, [
    buildStep({ parts: [waiting], finish: { unified: "tool-calls", raw: "tool_calls" } }),
  ]);
  const screen = await page.show(<Answers />);
  const button = (name: string) => screen.getByRole("button", { name, exact: true });
  const saved = () => page.app.store.getState().person.tools.find(({ id }) => id === tool.id);
  const runs = () => page.asked.filter(({ path }) => path === "/api/tools/start").length;
  return { ...page, screen, button, saved, runs };
}

describe("a tool that its server has changed", () => {
  it("asks again although it was always allowed, shows what changed, and runs once that is accepted", async () => {
    const { screen, button, saved, runs } = await open(bank("Pays a bill. Twice."));
    await button("Always run").click();
    await expect.element(screen.getByText(CHANGED)).toBeVisible();
    await expect.element(button("Run pay")).not.toBeInTheDocument();
    await expect.element(button("Always run")).not.toBeInTheDocument();
    await button("Look at the change").click();
    await expect.element(screen.getByText(/^\+\s*added:.*Pays a bill\. Twice\./u)).toBeVisible();
    expect(runs()).toBe(1);
    await button("Update and run").click();
    await expect.element(screen.getByText("paid")).toBeInTheDocument();
    expect(saved()).toMatchObject({ description: "Pays a bill. Twice.", binding: { hash: "now" } });
  });

  it("keeps a person's own description where they want that", async () => {
    const { screen, button, saved } = await open(bank("Pays a bill. Twice."));
    await button("Run pay").click();
    await button("Look at the change").click();
    await button("Keep yours and run").click();
    await expect.element(screen.getByText("paid")).toBeInTheDocument();
    expect(saved()).toMatchObject({ description: "Pays a bill.", binding: { hash: "now" } });
  });

  it("says that no model reads what changed, where that is so", async () => {
    const { screen, button, saved } = await open(bank("Pays a bill."));
    await button("Run pay").click();
    await button("Look at the change").click();
    await expect.element(screen.getByText(/Something else changed/u)).toBeVisible();
    await button("Accept and run").click();
    await expect.element(screen.getByText("paid")).toBeInTheDocument();
    expect(saved()).toMatchObject({ binding: { hash: "now" } });
  });

  it("can still be denied, and a server that can't be asked says why", async () => {
    const { screen, button, runs } = await open(bank("", "failed"));
    await button("Run pay").click();
    await button("Look at the change").click();
    await expect.element(screen.getByText("bank did not start.")).toBeVisible();
    await expect.element(button("Try again")).toBeVisible();
    await button("Deny").click();
    await expect.element(screen.getByText(/The user denied this call/u)).toBeInTheDocument();
    expect(runs()).toBe(1);
  });
});

it("a tool that was never compared with its server can't be allowed for good before it is", async () => {
  const binding = { ...pay.binding, hash: null };
  const own = { ...pay, binding, approval: "none" } as const;
  const { screen, button, saved, runs } = await open(bank("Pays a bill."), own);
  await expect.element(button("Run pay")).toBeVisible();
  await expect.element(button("Always run")).not.toBeInTheDocument();
  await button("Compare with the server").click();
  await expect.element(screen.getByText("The server describes the tool as you have it.")).toBeVisible();
  expect(runs()).toBe(0);
  await button("Accept and run").click();
  await expect.element(screen.getByText("paid")).toBeInTheDocument();
  expect(saved()).toMatchObject({ binding: { hash: "now" } });
});

it("a lane with an answer of its own accepts for itself", async () => {
  const { app, screen, button, saved } = await open(bank("Pays a bill."), {
    ...pay,
    binding: { kind: "ask" },
  });
  const [lane] = app.lanes();
  if (lane === undefined) throw new Error("There is a lane");
  app.actions.changeSetup(lane.id, { bindings: { [pay.id]: pay.binding } });
  await button("Run pay").click();
  await button("Look at the change").click();
  await button("Accept and run").click();
  await expect.element(screen.getByText("paid")).toBeInTheDocument();
  expect(saved()?.binding).toEqual({ kind: "ask" });
  expect(Object.values(app.store.getState().session.shared.bindings)).toMatchObject([{ hash: "now" }]);
});
