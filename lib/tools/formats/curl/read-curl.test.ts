import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { EMPTY, readFixture } from "@/lib/tools/formats/__fixtures__/read-fixture";
import { readTools } from "@/lib/tools/formats/read-tools";

import { shellCommands } from "./shell-words";

it("a curl command becomes a tool that sends the same, with its values as arguments and its secrets taken out", async () => {
  const { format, found, skipped } = await readFixture("curl.txt");
  expect([format, skipped]).toEqual(["curl", []]);
  expect(
    found.map(({ tool, notes }) => ({
      name: tool.name,
      binding: tool.binding,
      parameters: tool.parameters,
      notes,
    })),
  ).toEqual([
    {
      name: "post_mail",
      binding: {
        kind: "http",
        request: {
          method: "POST",
          url: "https://api.example.com/v1/users/{{id}}/mail?lang={{lang}}&days={{days}}",
          headers: [
            { name: "Authorization", value: "Bearer {{secret:API_EXAMPLE_COM_TOKEN}}" },
            { name: "X-Trace", value: '"a"' },
            { name: "Content-Type", value: "application/json" },
          ],
          body: '{\n  "text": "{{text}}",\n  "to": "{{to}}",\n  "token": "{{secret:API_EXAMPLE_COM_TOKEN_2}}",\n  "urgent": "{{urgent}}"\n}',
        },
      },
      parameters: {
        type: "object",
        properties: {
          id: { type: "string" },
          lang: { type: "string", description: "Such as en" },
          days: { type: "integer", description: "Such as 3" },
          text: { type: "string", description: "Such as It's" },
          to: { type: "array", items: { type: "string" } },
          urgent: { type: "boolean" },
        },
        required: ["id", "lang", "days", "text", "to", "urgent"],
        additionalProperties: false,
      },
      notes: [
        "The value of Authorization was taken out. The server's configuration can hold it as API_EXAMPLE_COM_TOKEN.",
        "The value of token in the body was taken out. The server's configuration can hold it as API_EXAMPLE_COM_TOKEN_2.",
      ],
    },
    {
      name: "get_search",
      binding: {
        kind: "http",
        request: {
          method: "GET",
          url: "https://example.com:8080/search?q={{q}}&near={{near}}",
          headers: [],
          body: null,
        },
      },
      parameters: {
        type: "object",
        properties: {
          q: { type: "string", description: "Such as hello world" },
          near: { type: "string", description: "Such as Rome, IT" },
        },
        required: ["q", "near"],
        additionalProperties: false,
      },
      notes: [],
    },
  ]);
});

async function request(command: string): Promise<unknown> {
  const { found, skipped } = await readTools(command, EMPTY);
  const binding = found[0]?.tool.binding;
  return binding?.kind === "http" ? binding.request : skipped[0]?.why;
}

describe("no secret stays in a tool", () => {
  it.each([
    ["a key in a header", "curl https://a.com -H 'X-Api-Key: s3cret'"],
    ["a key that is known by its form", "curl https://a.com -H 'X-Other: sk-s3cret-s3cret'"],
    ["a cookie", "curl https://a.com -b 'session=s3cret'"],
    ["a name and password", "curl -u me:s3cret https://a.com"],
    ["a name and password in the address", "curl https://me:s3cret@a.com/x"],
    ["a bearer", "curl --oauth2-bearer s3cret https://a.com"],
    ["a key in the address", "curl 'https://a.com/?q=1&apiKey=s3cret'"],
    ["a password in a form", "curl https://a.com -d 'user=me&password=s3cret'"],
    ["a key in a body", `curl https://a.com --json '{"api_key":"s3cret"}'`],
  ])("%s", async (_what, command) => {
    const { found } = await readTools(command, EMPTY);
    const text = JSON.stringify(found);
    expect([found.length, text.includes("s3cret"), text.includes(btoa("me:s3cret"))]).toEqual([
      1,
      false,
      false,
    ]);
    expect(text).toMatch(/\{\{secret:A_COM_\w+\}\}/);
  });
});

it("a command that an HTTP tool cannot send is named with its reason", async () => {
  expect(
    await Promise.all(
      [
        "curl -I https://a.com",
        "curl",
        "curl -F a=@b https://a.com",
        "curl -X BREW https://a.com",
        "curl file:///etc/passwd",
      ].map((command) => request(`${command} `)),
    ),
  ).toEqual([
    "An HTTP tool can't send HEAD.",
    "The command names no address.",
    "It sends files or a form of parts, which an HTTP tool can't.",
    "An HTTP tool can't send BREW.",
    "Its address can't be read.",
  ]);
});

it("options that are joined, shortened or about the connection are understood", async () => {
  expect(await request("curl -sSLkXPUT -HA:b -o out.txt --max-time=3 a.com/x --data @file")).toEqual({
    method: "PUT",
    url: "http://a.com/x",
    headers: [
      { name: "A", value: "b" },
      { name: "Content-Type", value: "application/x-www-form-urlencoded" },
    ],
    body: "{{body}}",
  });
  const signed = 'curl --aws-sigv4 "aws:amz:us-east-1:s3" --range 0-9 https://a.com/x';
  expect(await request(signed)).toMatchObject({ method: "GET", url: "https://a.com/x" });
  expect(await request("curl https://a.com/x?a=1 --url-query 'b=c d'")).toMatchObject({
    url: "https://a.com/x?a={{a}}&b={{b}}",
  });
});

it("a body that the command reads from a file is one argument, and is sent as the command sends it", async () => {
  const json = { method: "POST", body: '"{{body}}"', headers: [{ name: "Content-Type" }] };
  for (const command of [
    "curl https://a.com/x -H 'Content-Type: application/json' -d @body.txt",
    "curl https://a.com/x -d @request.json",
    "curl https://a.com/x --json @-",
  ])
    expect(await request(command)).toMatchObject(json);
  const { found } = await readTools("curl -X PUT https://a.com/x --data-binary @a.csv", EMPTY);
  expect(found[0]?.tool).toMatchObject({
    binding: { request: { method: "PUT", body: "{{body}}" } },
    parameters: { properties: { body: { type: "string" } }, required: ["body"] },
  });
});

it("what else comes from a file is left out with a word", async () => {
  const { found } = await readTools(
    "curl https://a.com/x -H @headers.txt -d a=1 --data-urlencode text@note.txt",
    EMPTY,
  );
  expect(found[0]).toMatchObject({
    tool: { binding: { request: { method: "POST", headers: [{ name: "Content-Type" }], body: "a={{a}}" } } },
    notes: ["What is read from a file is left out.", "Headers that are read from a file are left out."],
  });
});

it.each([
  ["spaces after the backslash of a line", "curl https://a.com/x \\ \n  -H 'A: b' \\\t\r\n -d '{\"n\":1}'"],
  [
    "PowerShell's own sign for a line that goes on",
    "curl.exe https://a.com/x `\n -H 'A: b' `\n -d '{\"n\":1}'",
  ],
  ["a body in lines of its own", "curl https://a.com/x -H 'A: b' -d @- <<EOF\n{\"n\":1}\nEOF"],
  [
    "one with a quoted word at its end, and more after it",
    "curl https://a.com/x -d @- -H 'A: b' << 'END'\n{\n \"n\": 1\n}\nEND\necho done",
  ],
])("a command is read whole with %s", async (_what, command) => {
  expect(await request(command)).toEqual({
    method: "POST",
    url: "https://a.com/x",
    headers: [
      { name: "A", value: "b" },
      { name: "Content-Type", value: "application/json" },
    ],
    body: '{\n  "n": "{{n}}"\n}',
  });
});

it("any words that are quoted for a shell come back", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (words) => {
      expect(shellCommands(words.map(quote).join(" "))).toEqual([words]);
    }),
  );
});

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

it("any text after curl is read without an end to it", async () => {
  const piece = fc.constantFrom(
    "'",
    '"',
    "\\",
    "$'",
    " ",
    "\n",
    "-d",
    "-H",
    "https://a.com",
    "{{a}}",
    "=",
    "&",
    "@",
    "{",
    "%",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const { found, skipped, notes } = await readTools(`curl ${pieces.join("")}`, EMPTY);
      expect(found.length + skipped.length + notes.length).toBeGreaterThan(0);
    }),
  );
});

it("a curl command that a browser copied for cmd.exe is read without its carets", async () => {
  const copied = [
    String.raw`curl ^"https://api.example.com/search?q=a^%^20b^&days=3^" ^`,
    String.raw`  -H ^"accept: text/plain^" ^`,
    String.raw`  --data-raw ^"^{^\^"city^\^":^\^"Florence^\^",^\^"note^\^":^\^"5 ^^ 2^\^"^}^"`,
  ].join("\r\n");
  const { found, skipped } = await readTools(copied, EMPTY);
  expect(skipped).toEqual([]);
  expect(found.map(({ tool }) => tool.binding)).toEqual([
    {
      kind: "http",
      request: {
        method: "POST",
        url: "https://api.example.com/search?q={{q}}&days={{days}}",
        headers: [
          { name: "accept", value: "text/plain" },
          { name: "Content-Type", value: "application/json" },
        ],
        body: '{\n  "city": "{{city}}",\n  "note": "{{note}}"\n}',
      },
    },
  ]);
  expect(found[0]?.tool.parameters["properties"]).toMatchObject({
    q: { description: "Such as a b" },
    note: { description: "Such as 5 ^ 2" },
  });
});

function posted(body: object): string {
  return `curl https://api.example.com/v1/chat/completions -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
}

it("a curl command that asks a model gives the tools that it offers", async () => {
  const tools = [{ type: "function", function: { name: "cancel", parameters: { type: "object" } } }];
  const offered = await readTools(posted({ model: "m", messages: [], tools }), EMPTY);
  expect([offered.format, offered.found.map(({ tool }) => tool.name)]).toEqual(["openai-chat", ["cancel"]]);
  const plain = await readTools(posted({ model: "m", messages: [] }), EMPTY);
  expect([plain.format, plain.found.map(({ tool }) => tool.name)]).toEqual(["curl", ["post_completions"]]);
  const another = await readTools(posted({ tools }), EMPTY);
  expect(another.format).toBe("curl");
});

it.each([
  ["curl https://api.weather.example", "get_weather"],
  ["curl https://localhost:8080/", "get_localhost"],
  ["curl http://10.0.0.5/v1/123", "get_10_0_0_5"],
  ["curl https://a.example/v1/forecast.json", "get_forecast"],
])("the tool of %s is named %s", async (command, name) => {
  const { found } = await readTools(command, EMPTY);
  expect(found.map(({ tool }) => tool.name)).toEqual([name]);
});
