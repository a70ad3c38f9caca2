/** The reference server, over each transport that it speaks. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { McpServerRef } from "@/lib/tools/tool";

import { EVERYTHING, type Everything, startEverything } from "./__fixtures__/everything";
import { type McpLab, startMcpLab } from "./__fixtures__/mcp-lab";

const config = {
  mcpServers: { everything: { command: process.execPath, args: [EVERYTHING, "stdio"], env: { LAB: "yes" } } },
};

describe.each(["stdio", "streamableHttp", "sse"] as const)("server-everything over %s", (transport) => {
  let lab: McpLab;
  let http: Everything | null = null;
  let server: McpServerRef = { from: "config", name: "everything" };

  beforeAll(async () => {
    lab = await startMcpLab(config);
    if (transport === "stdio") return;
    http = await startEverything(transport);
    server = { from: "person", name: "everything", url: http.url, headers: [] };
  });
  afterAll(async () => {
    await lab.close();
    await http?.stop();
  });

  it("is described with its version, its tools in order, those left out, prompts and resources", async () => {
    const described = await lab.describe(server);
    expect(described).toMatchObject({
      transport: { stdio: "stdio", streamableHttp: "http", sse: "sse" }[transport],
      protocol: "2025-11-25",
      software: { name: "mcp-servers/everything", version: "2.0.0" },
      instructions: expect.stringContaining("Everything Server"),
      leftOut: [
        { name: "simulate-research-query", why: "it only runs as a task, which Vitrine does not support" },
      ],
      problems: [],
    });
    expect(described.tools.map(({ name }) => name).slice(0, 3)).toEqual([
      "echo",
      "get-annotated-message",
      "get-env",
    ]);
    // Without roots and sampling a server leaves out what needs them.
    expect(described.tools.map(({ name }) => name)).not.toContain("trigger-sampling-request");
    expect(described.tools[0]).toEqual({
      name: "echo",
      title: "Echo Tool",
      description: "Echoes back the input string",
      parameters: {
        $schema: "http://json-schema.org/draft-07/schema#",
        type: "object",
        properties: { message: { type: "string", description: "Message to echo" } },
        required: ["message"],
      },
      output: null,
      hints: { isReadOnly: true, isDestructive: false, isIdempotent: true },
      hash: expect.stringMatching(/^[\da-f]{64}$/),
    });
    expect(described.prompts.map(({ name }) => name)).toContain("args-prompt");
    expect(described.resources.length).toBeGreaterThan(0);
    expect(described.templates.map(({ uri }) => uri)).toContain("demo://resource/dynamic/text/{resourceId}");
  });

  it("echoes", async () => {
    expect(await lab.call(server, "echo", { message: "hello" })).toEqual([
      {
        type: "end",
        result: {
          output: "Echo: hello",
          isError: false,
          origin: { by: "mcp", server: "everything", tool: "echo" },
          received: { content: [{ type: "text", text: "Echo: hello" }], structured: null, notes: [] },
        },
      },
    ]);
  });

  it("gives its text, its structured content, or both", async () => {
    const weather = { temperature: 33, conditions: "Cloudy", humidity: 82 };
    const text = JSON.stringify(weather);
    const args = { location: "New York" };
    const get = async (gives: "text" | "structured" | "all") => {
      const events = await lab.call(server, "get-structured-content", args, { gives });
      return events.map((event) => (event.type === "end" ? event.result : event));
    };
    const received = { content: [{ type: "text", text }], structured: weather, notes: [] };
    expect(await get("text")).toEqual([expect.objectContaining({ output: text, received })]);
    expect(await get("structured")).toEqual([expect.objectContaining({ output: text, received })]);
    const all = JSON.stringify({ content: [{ type: "text", text }], structuredContent: weather });
    expect(await get("all")).toEqual([expect.objectContaining({ output: all, received })]);
  });

  it("names an image in words for the model and keeps its bytes beside them", async () => {
    const [event] = await lab.call(server, "get-tiny-image");
    expect(event).toMatchObject({
      type: "end",
      result: {
        output:
          "Here's the image you requested:\n[image: image/png, 4.0 kB]\nThe image above is the MCP logo.",
        received: {
          content: [
            { type: "text" },
            { type: "image", mimeType: "image/png", data: expect.stringMatching(/^iVBOR/) },
            { type: "text" },
          ],
        },
      },
    });
  });

  it("names linked resources and gives the text of an embedded one", async () => {
    expect(await lab.call(server, "get-resource-links", { count: 2 })).toMatchObject([
      {
        result: {
          output: [
            "Here are 2 resource links to resources available in this server:",
            "[resource Blob Resource 1: demo://resource/dynamic/blob/1]",
            "[resource Text Resource 2: demo://resource/dynamic/text/2]",
          ].join("\n"),
        },
      },
    ]);
    const args = { resourceType: "Text", resourceId: 1 };
    expect(await lab.call(server, "get-resource-reference", args)).toMatchObject([
      { result: { output: expect.stringContaining("Resource 1: This is a plaintext resource") } },
    ]);
  });

  it("reports progress while it runs", async () => {
    const events = await lab.call(server, "trigger-long-running-operation", { duration: 0.3, steps: 3 });
    expect(events.slice(0, 2)).toEqual([
      { type: "progress", text: "1 of 3\n" },
      { type: "progress", text: "2 of 3\n" },
    ]);
    expect(events.at(-1)).toMatchObject({
      type: "end",
      result: { output: expect.stringContaining("Long running operation completed") },
    });
  });

  it("asks a person in its own name, and hears a yes, a no and a cancel", async () => {
    const seen: unknown[] = [];
    const run = async (action: "accept" | "decline" | "cancel") => {
      const content = action === "accept" ? { name: "Ada", check: true, nothing: null } : null;
      const [event] = await lab.call(
        server,
        "trigger-elicitation-request",
        {},
        {
          answer: (question) => {
            seen.push(question);
            return { action, content };
          },
        },
      );
      return event?.type === "end" ? event.result.output : event;
    };
    expect(await run("accept")).toContain("- Name: Ada\n- Agreed to terms: true");
    expect(seen).toEqual([
      {
        from: "everything",
        message: "Please provide inputs for the following fields:",
        form: { kind: "fields", schema: expect.objectContaining({ type: "object", required: ["name"] }) },
      },
    ]);
    expect(await run("decline")).toContain("declined");
    expect(await run("cancel")).toContain("cancelled");
  });

  it("names a page to visit, and nothing else than a web page", async () => {
    const seen: unknown[] = [];
    const visit = (url: string) =>
      lab.call(
        server,
        "trigger-url-elicitation",
        { url, message: "Sign in", elicitationId: "1" },
        {
          answer: (question) => {
            seen.push(question);
            return { action: "accept", content: null };
          },
        },
      );
    await visit("https://accounts.example/sign-in");
    expect(seen).toEqual([
      {
        from: "everything",
        message: "Sign in",
        form: { kind: "url", url: "https://accounts.example/sign-in" },
      },
    ]);
    expect(await visit("javascript:alert(1)")).toContainEqual({
      type: "progress",
      text: "everything asked to open an address that is not http or https, which was refused.\n",
    });
    expect(seen).toHaveLength(1);
  });

  it("gives an error of the tool as a result that is one", async () => {
    expect(await lab.call(server, "get-sum", { a: "x" })).toMatchObject([
      { type: "end", result: { isError: true, output: expect.stringContaining("expected number") } },
    ]);
  });

  it("is canceled by the caller's signal, and answers the next call", async () => {
    const stop = new AbortController();
    const args = { duration: 60, steps: 600 };
    const events = await lab.call(server, "trigger-long-running-operation", args, {
      signal: stop.signal,
      onEvent: () => stop.abort(),
    });
    expect(events.at(-1)).toEqual({ type: "fail", message: "Stopped." });
    expect(await lab.call(server, "echo", { message: "on" })).toMatchObject([
      { result: { output: "Echo: on" } },
    ]);
  });

  it("fills in a prompt and gives what a resource holds", async () => {
    const prompt = await lab.ask("prompt", { server, name: "args-prompt", args: { city: "Florence" } });
    expect(prompt).toEqual({
      status: 200,
      json: {
        description: "",
        messages: [{ role: "user", block: { kind: "text", text: "What's weather in Florence?" } }],
      },
    });
    const resource = await lab.ask("resource", { server, uri: "demo://resource/dynamic/text/7" });
    expect(resource.json).toMatchObject({
      contents: [
        { mediaType: "text/plain", block: { kind: "text", text: expect.stringContaining("Resource 7") } },
      ],
    });
    const missing = await lab.ask("resource", { server, uri: "demo://nothing" });
    expect(missing).toMatchObject({
      status: 502,
      json: {
        error: {
          code: "RPC_-32602",
          message: expect.stringContaining("not accept these parameters, error -32602"),
        },
      },
    });
  });

  it("connects anew, and forgets the connection when told to", async () => {
    expect((await lab.ask("reconnect", { server })).json).toMatchObject({ state: "ready" });
    expect((await lab.ask("revision", { server })).json).toMatchObject({ revision: expect.any(Number) });
    expect((await lab.ask("disconnect", { server })).json).toEqual({ ok: true });
    expect((await lab.ask("revision", { server })).json).toEqual({
      revision: null,
      signIn: { state: "none" },
    });
  });
});

it("a process is given what its configuration lists and the basics of any program, and no key", async () => {
  const lab = await startMcpLab(config, { OPENAI_API_KEY: "sk-canary-canary", OTHER: "1" });
  try {
    const [event] = await lab.call({ from: "config", name: "everything" }, "get-env");
    const output = event?.type === "end" ? event.result.output : "{}";
    const names = Object.keys(JSON.parse(output));
    expect(names).toEqual(expect.arrayContaining(["LAB", "PATH"]));
    expect(
      names.filter((name) => !["LAB", "HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER"].includes(name)),
    ).toEqual([]);
    expect(output).not.toContain("canary");
  } finally {
    await lab.close();
  }
});
