import { describe, expect, it } from "vitest";

import { schemaFromZod } from "./schema-from-zod";

const never = new AbortController().signal;

function schemas(code: string) {
  return schemaFromZod(code, { fetch: globalThis.fetch.bind(globalThis), signal: never });
}

const refusing = () => Promise.resolve(new Response("no", { status: 500 }));

const city = {
  type: "object",
  properties: {
    city: { type: "string", description: "A city" },
    days: { type: "integer", minimum: 1, maximum: 9007199254740991 },
  },
  required: ["city"],
};

describe("code with Zod schemas", () => {
  it("gives each of them as JSON Schema, by its name", async () => {
    const code = `
      import { z } from "zod";
      import {
        tool,
      } from "ai";

      const unit = z.enum(["C", "F"]);
      export const weather = z.object({
        city: z.string().describe("A city"),
        days: z.number().int().min(1).optional(),
      });
      export type Weather = z.infer<typeof weather>;
      const helper = 3;
      export const search = tool({ description: "Finds", inputSchema: z.object({ q: z.string() }) });
      const inner = () => {
        const hidden = z.string();
        return hidden;
      };
    `;
    expect(await schemas(code)).toEqual({
      ok: true,
      skipped: [],
      schemas: [
        { name: "unit", schema: { type: "string", enum: ["C", "F"] } },
        { name: "weather", schema: city },
        {
          name: "search",
          schema: { type: "object", properties: { q: { type: "string" } }, required: ["q"] },
        },
      ],
    });
  });

  it.each([
    "z.object({ city: z.string().describe('A city'), days: z.int().min(1).optional() });",
    "import * as z from 'zod/v4'\nexport default z.object({ city: z.string().describe('A city'), days: z.int().min(1).optional() })",
  ])("is one without a name, too", async (code) => {
    expect(await schemas(code)).toEqual({
      ok: true,
      skipped: [],
      schemas: [{ name: "schema", schema: city }],
    });
  });

  it.each([
    ["const a = 1", "The code declares no Zod schema, such as: const weather = z.object({ … })"],
    ["const a = z.object({\n  b: z.nothing(),\n})", "TypeError: z.nothing is not a function (line 2)"],
    ["const a = z.object({\n  b: ,\n})", "SyntaxError: Unexpected token ',' (line 2)"],
    // The import is read: it is the type that is not JavaScript.
    [
      'import { z } from "zod";\ninterface Foo { a: string }\nconst a = z.object({});',
      /^SyntaxError: .* \(line 2\)$/u,
    ],
    ["for (;;);\nconst a = z.string()", "Stopped after 5 s: the code had not returned by then."],
  ])("says what is wrong with it: %j", async (code, message) => {
    const read = await schemas(code);
    expect(read).toEqual({
      ok: false,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });

  it("gives the others where one can't be written as JSON Schema, and says why not", async () => {
    const code = "const a = z.object({ at: z.date() });\nconst b = z.object({ q: z.string() })";
    expect(await schemas(code)).toEqual({
      ok: true,
      schemas: [
        { name: "b", schema: { type: "object", properties: { q: { type: "string" } }, required: ["q"] } },
      ],
      skipped: [{ name: "a", why: "Date cannot be represented in JSON Schema" }],
    });
    expect(await schemas("const a = z.date()")).toMatchObject({
      ok: true,
      schemas: [],
      skipped: [{ name: "a" }],
    });
  });

  it("reaches no network", async () => {
    const result = await schemas("const a = await fetch('https://evil.example/');\nconst b = z.string()");
    expect(result).toEqual({ ok: false, message: expect.stringContaining("Failed to fetch") });
  });
});

it("a server that does not send Zod is named as the reason", async () => {
  expect(await schemaFromZod("z.string()", { fetch: refusing, signal: never })).toEqual({
    ok: false,
    message: "Vitrine's server did not send Zod. Check that it is running, and retry.",
  });
});
