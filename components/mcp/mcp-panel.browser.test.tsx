import { onTestFinished, expect, it, vi } from "vitest";
import { render } from "vitest-browser-react";

import { startTestApp } from "@/lib/session/__fixtures__/test-app";
import { SessionProvider } from "@/lib/session/hooks/session-context";
import { openDatabase } from "@/lib/session/storage/database";
import type { JsonObject } from "@/lib/stream/turn/json";

import { McpPanel } from "./mcp-panel";

const tool = (name: string, description = "Says it again.") => ({
  name,
  title: null,
  description,
  parameters: { type: "object", properties: {} },
  output: null,
  hints: { isReadOnly: true, isDestructive: null, isIdempotent: null },
  hash: `${name} ${description}`,
});

const ready = {
  state: "ready",
  transport: "http",
  protocol: "2026-07-28",
  software: { name: "lab", version: "1" },
  instructions: null,
  latencyMs: 12.4,
  revision: 0,
  tools: [tool("echo"), tool("weather")],
  leftOut: [{ name: "slow", why: "it only runs as a task" }],
  prompts: [{ name: "greet", title: null, description: "", args: [] }],
  resources: [],
  templates: [],
  problems: [],
};

/** The panel over a Vitrine server that gives these replies, by the last part of their path. */
async function openMcp(replies: Record<string, JsonObject> = {}) {
  const known: Record<string, JsonObject> = {
    servers: { file: "vitrine.mcp.json", problems: [], servers: [] },
    revision: { revision: 0, signIn: { state: "none" } },
    describe: ready,
    secrets: { names: [] },
    ...replies,
  };
  const asked: string[] = [];
  const app = await startTestApp({
    fetch: (input) => {
      const path = input instanceof Request ? input.url : String(input);
      asked.push(path);
      const isKnown = path.startsWith("/api/mcp/") || path === "/api/tools/secrets";
      const reply = isKnown ? known[path.split("/").at(-1) ?? ""] : undefined;
      if (reply === undefined) return new Promise(() => undefined);
      return Promise.resolve(Response.json(reply, { status: "error" in reply ? 400 : 200 }));
    },
    database: openDatabase(crypto.randomUUID()),
  });
  onTestFinished(() => app.end());
  const screen = await render(
    <SessionProvider app={app}>
      <McpPanel onTools={vi.fn()} onClose={vi.fn()} />
    </SessionProvider>,
  );
  const add = async () => {
    await screen.getByRole("button", { name: "Add an MCP server" }).click();
    await screen.getByLabelText("Address").fill("https://mcp.example/mcp");
    await screen.getByLabelText("Name", { exact: true }).fill("Team");
    await screen.getByRole("button", { name: "Add server" }).click();
  };
  return { app, asked, screen, known, add };
}

it("a server that is added shows its version, and its tools are switched on under names that are free", async () => {
  const { app, screen, add } = await openMcp();
  await add();
  await expect.element(screen.getByText(/MCP 2026-07-28 · Streamable HTTP · 12 ms/)).toBeVisible();
  await screen.getByRole("switch", { name: "Use echo" }).click();
  const taken = app.store.getState().person.tools.map(({ name }) => name);
  expect(taken).toContain("echo");
  expect(taken).toContain("weather");
  await screen.getByRole("switch", { name: "Use weather" }).click();
  await expect.element(screen.getByText("called Team_weather here")).toBeVisible();
  await screen.getByRole("combobox", { name: "What the model gets of echo" }).selectOptions("all");
  const copy = () => app.store.getState().person.tools.find(({ name }) => name === "echo");
  expect(copy()?.binding).toMatchObject({ kind: "mcp", tool: "echo", gives: "all" });
  await screen.getByRole("switch", { name: "Use echo" }).click();
  expect(copy()).toBeUndefined();
});

it("an address that Vitrine refuses is asked for once, and again when a person says so", async () => {
  const message = "169.254.169.254 is never called.";
  const error = { source: "app", code: "ENDPOINT_REFUSED", message, retryable: false };
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { asked, screen, known, add } = await openMcp({ describe: { error }, revision: { error } });
  const calls = () =>
    asked.filter((path) => /describe|revision|reconnect/u.test(path)).map((path) => path.split("/").at(-1));
  await add();
  await expect.element(screen.getByText(message)).toBeVisible();
  vi.advanceTimersByTime(30_000);
  expect(calls()).toEqual(["describe"]);
  known["reconnect"] = ready;
  known["revision"] = { revision: 0, signIn: { state: "none" } };
  await screen.getByRole("button", { name: /Reconnect|Try again/u }).click();
  await expect.element(screen.getByText(/MCP 2026-07-28/u)).toBeVisible();
  vi.advanceTimersByTime(4_000);
  await expect.poll(calls).toEqual(["describe", "reconnect", "revision"]);
});

it("a tool that changed at the server is marked, and updated at a press", async () => {
  const { app, screen, known, add } = await openMcp();
  await add();
  await screen.getByRole("switch", { name: "Use echo" }).click();
  known["reconnect"] = { ...ready, tools: [tool("echo", "Otherwise.")] };
  await screen.getByRole("button", { name: "Reconnect" }).click();
  await expect.element(screen.getByText(/Gone: weather\. Changed: echo\./)).toBeVisible();
  await screen.getByRole("button", { name: "Update echo" }).click();
  expect(app.store.getState().person.tools.find(({ name }) => name === "echo")?.description).toBe(
    "Otherwise.",
  );
});

it("an address or a header that holds a secret is not saved", async () => {
  const { app, screen } = await openMcp();
  await screen.getByRole("button", { name: "Add an MCP server" }).click();
  await screen.getByLabelText("Address").fill("https://me:pass@mcp.example/mcp");
  await screen.getByRole("button", { name: "Add server" }).click();
  await expect.element(screen.getByText(/contains a secret/)).toBeVisible();
  await screen.getByLabelText("Address").fill("https://mcp.example/mcp");
  await screen.getByRole("button", { name: "Add a header" }).click();
  await screen.getByLabelText("Name of header 1").fill("Authorization");
  await screen.getByLabelText("Value of header 1").fill("Bearer abc");
  await screen.getByRole("button", { name: "Add server" }).click();
  await expect.element(screen.getByText(/looks like a secret/)).toBeVisible();
  expect(app.store.getState().person.mcpServers).toEqual([]);
});

it("a header offers the secrets that the server's configuration lists, by their names", async () => {
  const { app, screen } = await openMcp({ secrets: { names: ["TEAM_TOKEN", "OTHER"] } });
  await screen.getByRole("button", { name: "Add an MCP server" }).click();
  await expect.element(screen.getByText(/It lists TEAM_TOKEN, OTHER\./u)).toBeVisible();
  await screen.getByLabelText("Address").fill("https://mcp.example/mcp");
  await screen.getByRole("button", { name: "Add a header" }).click();
  await screen.getByLabelText("Name of header 1").fill("Authorization");
  const field = screen.getByRole("combobox", { name: "Value of header 1" });
  const element = await field.findElement();
  const offered = element instanceof HTMLInputElement ? [...(element.list?.options ?? [])] : [];
  expect(offered.map(({ value }) => value)).toEqual([
    "{{secret:TEAM_TOKEN}}",
    "Bearer {{secret:TEAM_TOKEN}}",
    "{{secret:OTHER}}",
    "Bearer {{secret:OTHER}}",
  ]);
  await field.fill("Bearer {{secret:TEAM_TOKEN}}");
  await screen.getByRole("button", { name: "Add server" }).click();
  expect(app.store.getState().person.mcpServers).toMatchObject([
    { headers: [{ name: "Authorization", value: "Bearer {{secret:TEAM_TOKEN}}" }] },
  ]);
});

it("a server's prompt goes into the draft, and nothing is sent", async () => {
  const block = { kind: "text", text: "Greet them." };
  const { app, screen, add } = await openMcp({
    prompt: { description: "", messages: [{ role: "user", block }] },
  });
  app.actions.setDraft("First.");
  await add();
  await screen.getByRole("button", { name: "1 prompt" }).click();
  await screen.getByRole("button", { name: "Put greet into the prompt" }).click();
  await vi.waitUntil(() => app.store.getState().session.draft === "First.\n\nGreet them.");
  expect(app.store.getState().live.size).toBe(0);
});

it("a server that wants a sign-in shows where it leads, and a removed one comes back", async () => {
  const { screen, add, app } = await openMcp({
    describe: { state: "sign-in", message: "Team wants you to sign in." },
    "sign-in": { state: "open", url: "https://auth.example/authorize" },
  });
  await add();
  await screen.getByRole("button", { name: "Sign in" }).click();
  await expect
    .element(screen.getByRole("link", { name: "Open auth.example" }))
    .toHaveAttribute("href", "https://auth.example/authorize");
  await screen.getByRole("button", { name: "Back to all MCP servers" }).click();
  await screen.getByRole("button", { name: "Remove Team" }).click();
  expect(app.store.getState().person.mcpServers).toEqual([]);
  await screen.getByRole("button", { name: "Undo" }).click();
  expect(app.store.getState().person.mcpServers).toHaveLength(1);
});
