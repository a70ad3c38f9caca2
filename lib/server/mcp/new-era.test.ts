/** A server of the 2026-07-28 era: no session, no requests of its own; what it wants to know is in its results. */
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import type { McpServerRef } from "@/lib/tools/tool";
import type { ToolRunEvent } from "@/lib/tools/tool-run";

import { type McpLab, startMcpLab } from "./__fixtures__/mcp-lab";
import { startNewEra } from "./__fixtures__/new-era.mjs";

const program = path.join(import.meta.dirname, "__fixtures__", "new-era.mjs");
const config = { mcpServers: { modern: { command: process.execPath, args: [program, "stdio"] } } };

/** What the model gets, or why it gets nothing. */
function outcome(events: readonly ToolRunEvent[]): string | undefined {
  const last = events.at(-1);
  if (last?.type === "end") return last.result.output;
  return last?.type === "fail" ? `fail: ${last.message}` : undefined;
}

const agree = () => ({ action: "accept", content: { yes: true } }) as const;

describe.each(["stdio", "http"] as const)("a server of the 2026-07-28 era over %s", (transport) => {
  let lab: McpLab;
  let http: Awaited<ReturnType<typeof startNewEra>> | null = null;
  let server: McpServerRef = { from: "config", name: "modern" };

  beforeAll(async () => {
    lab = await startMcpLab(config);
    if (transport === "stdio") return;
    http = await startNewEra();
    server = { from: "person", name: "modern", url: http.url, headers: [] };
  });
  afterAll(async () => {
    await lab.close();
    await http?.stop();
  });

  it("is negotiated as that", async () => {
    expect(await lab.describe(server)).toMatchObject({
      transport,
      protocol: "2026-07-28",
      software: { name: "new-era", version: "1.2.3" },
      instructions: "Say hello.",
      leftOut: [],
      problems: [],
    });
  });

  it("gets an argument in a header where its schema wants that", async () => {
    const args = { name: "Ada", region: "eu-1" };
    const [event] = await lab.call(server, "greet", args, { gives: "structured" });
    const region = transport === "http" ? "eu-1" : null;
    expect(event).toMatchObject({
      type: "end",
      result: {
        output: JSON.stringify({ greeting: "Hello, Ada", region }),
        received: { structured: { greeting: "Hello, Ada", region }, notes: [] },
      },
    });
  });

  it("asks a person in its result, and gets the answer with its state in the next request", async () => {
    const seen: unknown[] = [];
    const order = async (action: "accept" | "decline" | "cancel") =>
      outcome(
        await lab.call(
          server,
          "order",
          { dish: "soup" },
          {
            answer: (question) => {
              seen.push(question);
              return { action, content: action === "accept" ? { size: "large" } : null };
            },
          },
        ),
      );
    expect(await order("accept")).toBe('{"dish":"soup"} {"action":"accept","content":{"size":"large"}}');
    expect(seen).toEqual([
      {
        from: "modern",
        message: "Which size of soup?",
        form: {
          kind: "fields",
          schema: {
            $schema: "https://json-schema.org/draft/2020-12/schema",
            type: "object",
            properties: { size: { type: "string", enum: ["small", "large"] } },
            required: ["size"],
          },
        },
      },
    ]);
    expect(await order("decline")).toBe('{"dish":"soup"} {"action":"decline"}');
    expect(await order("cancel")).toBe('{"dish":"soup"} {"action":"cancel"}');
  });

  it("names a page to visit, and gets a no where that is no web page", async () => {
    const seen: unknown[] = [];
    const visit = async (url: string) =>
      outcome(
        await lab.call(
          server,
          "visit",
          { url },
          {
            answer: (question) => {
              seen.push(question.form);
              return { action: "accept", content: null };
            },
          },
        ),
      );
    expect(await visit("https://accounts.example/")).toBe('{"action":"accept"}');
    expect(await visit("file:///etc/passwd")).toBe('{"action":"decline"}');
    expect(seen).toEqual([{ kind: "url", url: "https://accounts.example/" }]);
  });

  it("asks ten times at most, and gets no model", async () => {
    expect(outcome(await lab.call(server, "ask-forever", {}, { answer: agree }))).toBe(
      "fail: modern asked 10 times without giving a result.",
    );
    expect(outcome(await lab.call(server, "use-a-model", {}, { answer: agree }))).toMatch(
      /^fail: modern: it needs something that Vitrine does not offer \(sampling\), error -32021\./u,
    );
  });

  it("reports progress and errors of a tool", async () => {
    expect(await lab.call(server, "count", { to: 2 })).toEqual([
      { type: "progress", text: "1 of 2: number 1\n" },
      { type: "progress", text: "2 of 2: number 2\n" },
      expect.objectContaining({ type: "end" }),
    ]);
    expect(await lab.call(server, "fail")).toMatchObject([
      { type: "end", result: { isError: true, output: "The oven is cold." } },
    ]);
  });

  it("hears of a cancel", async () => {
    const stop = new AbortController();
    const running = lab.call(server, "wait", {}, { signal: stop.signal });
    await lab.call(server, "fail");
    stop.abort();
    expect(await running).toEqual([{ type: "fail", message: "Stopped." }]);
  });

  it("tells of a changed list, which the revision shows", async () => {
    if (http === null) return;
    const before = await lab.describe(server);
    expect(before.tools.map(({ name }) => name)).not.toContain("new");
    http.grow();
    const revision = async () => (await lab.ask("revision", { server })).json["revision"];
    await vi.waitFor(async () => expect(await revision()).toBeGreaterThan(before.revision));
    const after = await lab.describe(server);
    expect(after.tools.map(({ name }) => name)).toContain("new");
  });
});

it("two calls at once keep their own questions and answers, 50 times", async () => {
  const lab = await startMcpLab(config);
  try {
    const server: McpServerRef = { from: "config", name: "modern" };
    const order = async (dish: string) =>
      outcome(
        await lab.call(
          server,
          "order",
          { dish },
          {
            answer: ({ message }) => ({
              action: "accept",
              content: { size: message.includes(dish) ? "large" : "small" },
            }),
          },
        ),
      );
    const dishes = Array.from({ length: 50 }, (_, index) => `dish ${index}.`);
    const results = await Promise.all(dishes.map(order));
    expect(results).toEqual(
      dishes.map((dish) => `${JSON.stringify({ dish })} {"action":"accept","content":{"size":"large"}}`),
    );
  } finally {
    await lab.close();
  }
});
