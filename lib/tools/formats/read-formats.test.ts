import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/lib/stream/turn/json";
import { NEW_TOOL_CHOICES } from "@/lib/tools/tool";

import { EMPTY, readFixture } from "./__fixtures__/read-fixture";
import type { ReadTools } from "./format";
import { readTools } from "./read-tools";

const GUESTS = { type: "object", properties: { guests: { type: "integer" } } };
const BOOK = { ...NEW_TOOL_CHOICES, name: "book_table", description: "Books a table.", strict: null };

function summary({ format, found, skipped }: ReadTools): unknown {
  return { format, found: found.map(({ tool: { id: _id, ...tool }, notes }) => ({ tool, notes })), skipped };
}

describe("a request or a list of each format gives its tools, and says what it leaves out", () => {
  it("of chat completions", async () => {
    expect(summary(await readFixture("openai-chat-request.json"))).toEqual({
      format: "openai-chat",
      found: [
        {
          tool: {
            ...BOOK,
            strict: true,
            parameters: {
              type: "object",
              properties: { guests: { type: "integer" }, note: { type: ["string", "null"] } },
              required: ["guests", "note"],
              additionalProperties: false,
            },
          },
          notes: [],
        },
      ],
      skipped: [
        {
          name: null,
          position: 2,
          why: "A tool of type custom accepts text and no arguments. Vitrine defines tools with arguments only.",
        },
      ],
    });
  });

  it("of Responses", async () => {
    expect(summary(await readFixture("responses-request.json"))).toEqual({
      format: "openai-responses",
      found: [{ tool: { ...BOOK, strict: false, parameters: GUESTS }, notes: [] }],
      skipped: [{ name: null, position: 1, why: expect.stringContaining("type web_search") }],
    });
  });

  it("of Anthropic", async () => {
    expect(summary(await readFixture("anthropic-request.json"))).toEqual({
      format: "anthropic",
      found: [
        {
          tool: { ...BOOK, parameters: GUESTS },
          notes: [
            "Its cache_control is not a part of a tool here.",
            "Its input_examples is not a part of a tool here.",
          ],
        },
      ],
      skipped: [
        { name: "web_search", position: 1, why: expect.stringContaining("type web_search_20250305") },
      ],
    });
  });

  it("of Gemini, with its types in capitals as JSON Schema has them", async () => {
    expect(summary(await readFixture("gemini-request.json"))).toEqual({
      format: "gemini",
      found: [
        {
          tool: {
            ...BOOK,
            parameters: {
              type: "object",
              properties: {
                guests: { type: ["integer", "null"] },
                kinds: { type: "array", maxItems: 4, items: { type: "string", enum: ["a", "b"] } },
              },
              required: ["kinds"],
            },
            exampleResult: '{\n  "table": 1\n}',
          },
          notes: ["Its response schema became the example result."],
        },
        {
          tool: {
            ...BOOK,
            name: "cancel",
            description: "",
            parameters: { type: "object", properties: { id: { type: "string" } } },
          },
          notes: [],
        },
      ],
      skipped: [{ name: "googleSearch", position: 3, why: expect.stringContaining("provider's own tool") }],
    });
  });

  it("of an MCP server's reply, whose output schema becomes the example", async () => {
    expect(summary(await readFixture("mcp-reply.json"))).toEqual({
      format: "mcp",
      found: [
        {
          tool: { ...BOOK, parameters: GUESTS, exampleResult: '{\n  "table": 7,\n  "until": "12:00:00Z"\n}' },
          notes: [
            "Its outputSchema became the example result.",
            "Its title, Book a table, is not a part of a tool here.",
            "Its server says of it: destructiveHint.",
          ],
        },
      ],
      skipped: [],
    });
  });
});

describe("a plain schema is one tool", () => {
  it("named by its title, with its definitions", async () => {
    const { format, found } = await readFixture("pydantic-schema.json");
    expect([format, found[0]?.tool.name, found[0]?.tool.description]).toEqual([
      "json-schema",
      "BookTable",
      "Books a table.",
    ]);
    expect(Object.keys(found[0]?.tool.parameters ?? {})).toEqual(["$defs", "properties", "required", "type"]);
  });

  it("named tool where it has none, and numbered where that is taken", async () => {
    const one = await readFixture("zod-schema.json");
    const [first] = one.found;
    expect([first?.tool.name, first?.notes, first?.tool.parameters["$schema"]]).toEqual([
      "tool",
      ["The schema has no title, so its tool is named tool."],
      undefined,
    ]);
    const schema: JsonObject = { type: "object", properties: {} };
    const context = { ...EMPTY, others: first === undefined ? [] : [first.tool] };
    const two = await readTools(JSON.stringify([schema, schema]), context);
    expect(two.found.map(({ tool }) => tool.name)).toEqual(["tool_2", "tool_3"]);
  });
});

describe("a text is read", () => {
  it.each([
    ["after a byte order mark and blanks", '\uFEFF  {"name": "a"} \n'],
    ["as the literal of a program", "{name: 'a', parameters: {type: 'object',},}"],
    ["as YAML", "name: a\nparameters:\n  type: object\n"],
    [
      "as a program sets a name to it",
      "const tools: Tool[] = [{name: 'a', parameters: {type: 'object'}}] as const;",
    ],
    [
      "as Python sets a name to it",
      'tools = [\n  {"name": "a", "strict": True, "parameters": {"type": "object"}},\n]',
    ],
    [
      "as the format of a structured answer",
      '{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object"}}}',
    ],
    [
      "as the text format of Responses",
      '{"type":"json_schema","name":"a","schema":{"type":"object"},"strict":true}',
    ],
    [
      "in a namespace of Responses",
      '{"tools":[{"type":"namespace","name":"n","tools":[{"type":"function","name":"a","parameters":{"type":"object"}}]}]}',
    ],
    ["as the functions of old requests", '{"functions": [{"name": "a", "parameters": {"type": "object"}}]}'],
  ])("%s", async (_how, text) => {
    const { found, skipped } = await readTools(text, EMPTY);
    expect([found.map(({ tool }) => tool.name), skipped]).toEqual([["a"], []]);
  });

  it.each([
    ["", "There is nothing here yet."],
    ["  ", "There is nothing here yet."],
    ["hello there", "This is neither JSON, YAML nor a curl command that holds a tool."],
    ["12", "A tool is an object, and tools are a list of them. This is neither."],
    ["[]", "The list is empty."],
    [
      '{"swagger": "2.0", "paths": {}}',
      "This is Swagger 2. Vitrine reads OpenAPI 3; most tools can convert the one to the other.",
    ],
    ['{"openapi": "3.1.0"}', "The document has no operations."],
    ['{"model": "m", "messages": []}', "This is a request without tools."],
    ["eggs:\n  - two\n", "There are no tools in it. A tool has a name and a JSON Schema for its arguments."],
    ["{}", "There are no tools in it. A tool has a name and a JSON Schema for its arguments."],
  ])("and %j gives no tool, and says why", async (text, why) => {
    expect(await readTools(text, EMPTY)).toMatchObject({ found: [], notes: [why] });
  });

  it.each([
    ["a line each", '{"name":"a"}\n{"name":"b","description":"} {"}\n'],
    ["a comma between them", '{"name":"a"},\n\n{"name":"b",\n"description":"} {"}'],
  ])("of several tools with %s", async (_how, text) => {
    const { found } = await readTools(text, EMPTY);
    expect(found.map(({ tool }) => [tool.name, tool.description])).toEqual([
      ["a", ""],
      ["b", "} {"],
    ]);
  });

  it("and a tool that accepts text is not called its provider's own", async () => {
    const { skipped } = await readTools('{"tools":[{"type":"custom","name":"code"}]}', EMPTY);
    expect(skipped).toMatchObject([{ name: "code", why: expect.stringMatching(/accepts text/u) }]);
  });

  it("and JSON that is broken says where", async () => {
    const { notes } = await readTools('[{"name": "a" "b"}]', EMPTY);
    expect(notes[0]).toMatch(/^This is not JSON: .*position/);
  });
});

describe("Vitrine's own file", () => {
  const tool = { name: "a", description: "", parameters: { type: "object" } };
  const file = (fields: JsonObject) =>
    JSON.stringify({ format: "vitrine-tools", version: 1, tools: [{ ...tool, ...fields }] });

  it("gives what answers a call, and never a person's approval", async () => {
    const binding = { kind: "javascript", code: "return 1", timeoutMs: 1_000, isStateful: false };
    const { found } = await readTools(
      file({ binding, approval: "none", sharing: "each", exampleResult: "1" }),
      EMPTY,
    );
    expect(found[0]).toMatchObject({
      tool: { binding, approval: null, sharing: "each", exampleResult: "1" },
      notes: ["It runs JavaScript, and asks before each call."],
    });
  });

  it("takes keys out of headers that it should not hold", async () => {
    const binding = {
      kind: "mcp",
      server: {
        from: "person",
        name: "s",
        url: "https://mcp.example.com/",
        headers: [{ name: "Authorization", value: "Bearer abc" }],
      },
      tool: "t",
      gives: "text",
    };
    const { found } = await readTools(file({ binding }), EMPTY);
    expect(found[0]?.tool.binding).toMatchObject({
      server: { headers: [{ name: "Authorization", value: "Bearer {{secret:MCP_EXAMPLE_COM_TOKEN}}" }] },
    });
  });

  it("says of a binding that it does not know, and has a person answer for a built-in that is not here", async () => {
    const unknown = await readTools(file({ binding: { kind: "command", command: "rm" } }), EMPTY);
    expect(unknown.skipped).toEqual([
      { name: "a", position: 1, why: "What answers its calls can't be read." },
    ]);
    const gone = await readTools(file({ binding: { kind: "page", name: "gone" } }), EMPTY);
    expect(gone.found[0]).toMatchObject({
      tool: { binding: { kind: "ask" } },
      notes: ["There is no built-in named gone here, so a person answers."],
    });
  });
});

const PLAIN_LIST = JSON.stringify({ tools: [{ name: "cancel", inputSchema: { type: "object" } }] });

function namesIn({ found, skipped }: ReadTools): unknown {
  return { names: found.map(({ tool }) => tool.name), skipped };
}

it("tools in a Markdown block of code are read as if they stood alone", async () => {
  for (const text of [`\`\`\`json\n${PLAIN_LIST}\n\`\`\``, `~~~\n${PLAIN_LIST}\n~~~\n`])
    expect(namesIn(await readTools(text, EMPTY))).toEqual({ names: ["cancel"], skipped: [] });
});

it("a reply of an MCP server is read as the event stream that it came in", async () => {
  const progress = { jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: "…" } };
  const reply = `{"jsonrpc":"2.0","id":2,\ndata: "result":${PLAIN_LIST}}`;
  const text = `event: message\ndata: ${JSON.stringify(progress)}\n\nevent: message\nid: 7\ndata: ${reply}\n\n`;
  expect(namesIn(await readTools(text, EMPTY))).toEqual({ names: ["cancel"], skipped: [] });
});

it("a configuration of MCP servers is named, with where it belongs", async () => {
  const { found, skipped, notes } = await readTools('{"mcpServers":{"files":{"command":"npx"}}}', EMPTY);
  expect([found, skipped]).toEqual([[], []]);
  expect(notes).toEqual([expect.stringContaining("MCP servers, not their tools")]);
});

async function summaryOf(value: unknown): Promise<unknown> {
  return summary(await readTools(JSON.stringify(value), EMPTY));
}

it("one function object of a structured answer is a tool, alone and in a list", async () => {
  const one = { name: "book_table", description: "Books a table.", schema: GUESTS, strict: true };
  const tool = { ...BOOK, strict: true, parameters: GUESTS };
  for (const value of [one, [one]])
    expect(await summaryOf(value)).toEqual({
      format: "json-schema",
      found: [{ tool, notes: [] }],
      skipped: [],
    });
});

it("Bedrock's toolConfig gives its tools, in a whole request, alone and as a list of tools", async () => {
  const spec = {
    toolSpec: { name: "book_table", description: "Books a table.", inputSchema: { json: GUESTS } },
  };
  const bad = { toolSpec: { name: "no_schema", inputSchema: { json: 7 } } };
  const cache = { cachePoint: { type: "default" } };
  const found = [{ tool: { ...BOOK, parameters: GUESTS }, notes: [] }];
  const whole = { messages: [], toolConfig: { tools: [spec, bad, cache], toolChoice: { auto: {} } } };
  expect(await summaryOf(whole)).toEqual({
    format: "bedrock",
    found,
    skipped: [
      { name: "no_schema", position: 2, why: expect.any(String) },
      { name: "cachePoint", position: 3, why: expect.stringContaining("provider's own") },
    ],
  });
  expect(await summaryOf({ tools: [spec] })).toMatchObject({ found });
  expect(await summaryOf([spec])).toMatchObject({ found });
  expect(await summaryOf(spec)).toMatchObject({ found });
});
