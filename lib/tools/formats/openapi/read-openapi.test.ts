import { expect, it } from "vitest";

import type { JsonObject } from "@/lib/stream/turn/json";
import { EMPTY, readFixture } from "@/lib/tools/formats/__fixtures__/read-fixture";
import { readTools } from "@/lib/tools/formats/read-tools";

it("each operation of a document becomes a tool that sends its request", async () => {
  const { found, ...rest } = await readFixture("restaurant.openapi.yaml");
  expect(rest).toEqual({
    format: "openapi",
    problems: expect.any(Array),
    sets: [],
    notes: [],
    skipped: [
      { name: "/tables/{id}", position: 3, why: "An HTTP tool can't send HEAD." },
      {
        name: "addPhoto",
        position: 5,
        why: "Its body is multipart/form-data. An HTTP tool sends JSON, forms and text.",
      },
    ],
  });
  expect(
    found.map(({ tool, notes }) => ({
      name: tool.name,
      binding: tool.binding,
      parameters: tool.parameters,
      notes,
    })),
  ).toEqual([
    {
      name: "get_table",
      binding: {
        kind: "http",
        request: {
          method: "GET",
          url: "https://api.example.com/v2/tables/{{id}}?page%5Bsize%5D={{page_size?}}",
          headers: [
            { name: "X-Lang", value: "{{X_Lang}}" },
            { name: "X-Key", value: "{{secret:KEY}}" },
          ],
          body: null,
        },
      },
      parameters: {
        type: "object",
        properties: {
          id: { type: "string" },
          page_size: { type: "integer", exclusiveMinimum: 0 },
          X_Lang: { type: "string" },
        },
        required: ["id", "X_Lang"],
        additionalProperties: false,
      },
      notes: [
        "The cookie sid is left out: an HTTP tool sends none.",
        "It needs the secret KEY, which the server's configuration can hold.",
      ],
    },
    {
      name: "get_table_2",
      binding: {
        kind: "http",
        request: {
          method: "PUT",
          url: "https://api.example.com/v2/tables/{{id}}",
          headers: [{ name: "Content-Type", value: "application/json" }],
          body: '{\n  "seats": "{{seats}}",\n  "place": "{{place?}}"\n}',
        },
      },
      parameters: {
        type: "object",
        properties: {
          id: { type: "string" },
          seats: { type: ["integer", "null"] },
          place: { type: "string", enum: ["inside", "outside"] },
        },
        required: ["id", "seats"],
        additionalProperties: false,
      },
      notes: [],
    },
    {
      name: "post_menu",
      binding: {
        kind: "http",
        request: {
          method: "POST",
          url: "https://api.example.com/v2/menu",
          headers: [
            { name: "X-Key", value: "{{secret:KEY}}" },
            { name: "Content-Type", value: "application/json" },
          ],
          body: '{\n  "name": "{{name?}}",\n  "next": "{{next?}}"\n}',
        },
      },
      parameters: {
        type: "object",
        properties: {
          name: { type: "string" },
          next: { $ref: "#/$defs/Course" },
        },
        additionalProperties: false,
        $defs: {
          Course: {
            type: "object",
            properties: { name: { type: "string" }, next: { $ref: "#/$defs/Course" } },
          },
        },
      },
      notes: ["It needs the secret KEY, which the server's configuration can hold."],
    },
  ]);
});

function read(document: JsonObject) {
  return readTools(JSON.stringify({ openapi: "3.1.0", ...document }), EMPTY);
}

it("a server that the document does not name is one that cannot exist, and is told", async () => {
  const { found, notes } = await read({ servers: [{ url: "/api" }], paths: { "/a": { get: {} } } });
  expect(found[0]?.tool.binding).toMatchObject({ request: { url: "https://server.invalid/api/a" } });
  expect(notes).toEqual([
    "The document does not name its server. Replace https://server.invalid in the tools' addresses.",
  ]);
});

it("a body that is more than a list of properties is one argument", async () => {
  const schema = { oneOf: [{ type: "string" }, { type: "object" }] };
  const requestBody = { required: true, content: { "application/merge-patch+json": { schema } } };
  const { found } = await read({ paths: { "/a": { patch: { operationId: "change", requestBody } } } });
  expect(found[0]?.tool).toMatchObject({
    binding: { request: { body: '"{{body}}"' } },
    parameters: { properties: { body: schema }, required: ["body"] },
  });
});

it("arguments of the same name get names of their own", async () => {
  const body = {
    content: { "application/json": { schema: { type: "object", properties: { id: { type: "integer" } } } } },
  };
  const parameters = [{ name: "id", in: "path", required: true, schema: { type: "string" } }];
  const { found } = await read({ paths: { "/a/{id}": { post: { parameters, requestBody: body } } } });
  expect(found[0]?.tool).toMatchObject({
    binding: { request: { url: expect.stringContaining("/a/{{id}}"), body: '{\n  "id": "{{id_2?}}"\n}' } },
  });
});

it("references that lead nowhere, away, or double at each level are cut, and told", async () => {
  const doubling: Record<string, JsonObject> = {};
  for (let level = 0; level < 30; level += 1) {
    const next = { $ref: `#/components/schemas/S${String(level + 1)}` };
    doubling[`S${String(level)}`] = { type: "object", properties: { a: next, b: next } };
  }
  const { found } = await read({
    paths: {
      "/a": { post: bodyOf("#/components/schemas/S0") },
      "/b": { post: bodyOf("https://example.com/schema.json") },
    },
    components: { schemas: doubling },
  });
  expect(found.map(({ notes }) => notes)).toEqual([
    expect.arrayContaining(["Its schema is too large to write out: the rest allows anything."]),
    ["https://example.com/schema.json is not in the document, so anything is allowed there."],
  ]);
});

/** The tool of one operation with this body, or why there is none. */
async function withBody(requestBody: JsonObject) {
  const { found, skipped } = await read({ paths: { "/a": { post: { operationId: "a", requestBody } } } });
  const binding = found[0]?.tool.binding;
  return {
    body: binding?.kind === "http" ? binding.request.body : skipped[0]?.why,
    parameters: found[0]?.tool.parameters,
    notes: found[0]?.notes,
  };
}

it("a body that is a form or a text is sent as one, and JSON where there is a choice", async () => {
  const schema = {
    type: "object",
    properties: { amount: { type: "integer" }, "to[name]": { type: "string" }, tags: { type: "array" } },
    required: ["amount"],
  };
  const form = { "application/x-www-form-urlencoded": { schema } };
  expect(await withBody({ required: true, content: form })).toMatchObject({
    body: "amount={{amount}}&to%5Bname%5D={{to_name?}}&tags={{tags?}}",
    parameters: { required: ["amount"] },
    notes: [expect.stringMatching(/^tags is sent as JSON/u)],
  });
  expect(await withBody({ content: { "text/plain": { schema: { type: "string" } } } })).toMatchObject({
    body: "{{body?}}",
    parameters: { properties: { body: { type: "string" } } },
  });
  const both = { ...form, "application/json": { schema } };
  expect(await withBody({ required: true, content: both })).toMatchObject({
    body: expect.stringContaining('"amount": "{{amount}}"'),
  });
  const free = { "application/x-www-form-urlencoded": { schema: { type: "object" } } };
  expect(await withBody({ required: true, content: free })).toMatchObject({
    body: "Its body is a form whose fields the document does not list.",
  });
});

it("a list in the address says that it is sent as JSON", async () => {
  const parameters = [
    { name: "tags", in: "query", schema: { type: "array", items: { type: "string" } } },
    { name: "q", in: "query", schema: { type: ["string", "null"] } },
  ];
  const { found } = await read({ paths: { "/a": { get: { parameters } } } });
  expect(found[0]?.notes).toEqual([expect.stringMatching(/^tags is sent as JSON/u)]);
});

it("a password in the server's address becomes a secret", async () => {
  const servers = [{ url: "https://me:s3cret@api.example.com/v1/" }];
  const { found } = await read({ servers, paths: { "/a": { get: {} } } });
  expect(JSON.stringify(found)).not.toContain("s3cret");
  expect(found[0]?.tool.binding).toMatchObject({
    request: {
      url: "https://api.example.com/v1/a",
      headers: [{ name: "Authorization", value: "Basic {{secret:API_EXAMPLE_COM_TOKEN}}" }],
    },
  });
  expect(found[0]?.notes).toEqual([expect.stringMatching(/API_EXAMPLE_COM_TOKEN\.$/u)]);
});

function bodyOf(reference: string): JsonObject {
  return { requestBody: { content: { "application/json": { schema: { $ref: reference } } } } };
}
