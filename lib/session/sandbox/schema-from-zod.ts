/** JSON Schemas from code that declares Zod schemas. The code runs in the sandbox. */
import * as z from "zod/mini";

import { jsonObjectSchema } from "@/lib/contract/json-schema";
import { ZOD_PATH } from "@/lib/contract/sandbox";
import { apiHeaders } from "@/lib/session/servers/api-client";
import type { JsonObject } from "@/lib/stream/turn/json";
import { parseJson } from "@/lib/stream/turn/json-read";

import { runProgram } from "./run-javascript";

export type ZodSchemas =
  | {
      readonly ok: true;
      readonly schemas: readonly { readonly name: string; readonly schema: JsonObject }[];
      /** Those that JSON Schema can't hold, and why. */
      readonly skipped: readonly { readonly name: string; readonly why: string }[];
    }
  | { readonly ok: false; readonly message: string };

const LIMIT_MS = 5_000;
/** What an expression without a name is called. */
const NAMELESS = "schema";

const resultSchema = z.array(
  z.union([
    z.object({ name: z.string(), schema: jsonObjectSchema }),
    z.object({ name: z.string(), why: z.string() }),
  ]),
);

/**
 * The schemas that the code declares, in order, as its input is. `import { z } from "zod"`, exports and `z.infer` types
 * may stand in it; other imports and other TypeScript may not. Never rejects.
 */
export async function schemaFromZod(
  code: string,
  { fetch, signal }: { readonly fetch: typeof globalThis.fetch; readonly signal: AbortSignal },
): Promise<ZodSchemas> {
  const prelude = await loadZod(fetch);
  if (prelude === null)
    return { ok: false, message: "Vitrine's server did not send Zod. Check that it is running, and retry." };
  // What does not compile is looked for in what runs, whose lines are those of the code.
  const run = { code: plainCode(code), args: {}, earlier: [], timeoutMs: LIMIT_MS, signal };
  for await (const event of runProgram({ module: asZodModule(code), prelude }, run)) {
    if (event.type === "fail") return { ok: false, message: event.message };
    if (event.type !== "end") continue;
    if (event.result.isError) return { ok: false, message: event.result.output };
    const read = z.safeParse(resultSchema, parseJson(event.result.output));
    if (!read.success) return { ok: false, message: "The schemas are too large." };
    const schemas = read.data.filter((each) => "schema" in each);
    const skipped = read.data.filter((each) => "why" in each);
    if (read.data.length > 0) return { ok: true, schemas, skipped };
    return {
      ok: false,
      message: "The code declares no Zod schema, such as: const weather = z.object({ … })",
    };
  }
  return { ok: false, message: "The sandbox ended without a result." };
}

async function loadZod(fetch: typeof globalThis.fetch): Promise<string | null> {
  try {
    const response = await fetch(ZOD_PATH, { headers: apiHeaders(null), cache: "no-store" });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

const DECLARED = /^[ \t]*(?:const|let|var)[ \t]+([\w$]+)/gmu;

/** A module that returns what the code declares at the beginning of its lines. Lines keep their numbers. */
export function asZodModule(code: string): string {
  const plain = plainCode(code);
  const names = [...new Set([...plain.matchAll(DECLARED)].map(([, name]) => name))];
  // Names of inner lines are not there at the end, and are left out.
  const all = names.map((name) => `...(typeof ${name} === "undefined" ? {} : { ${name} })`).join(", ");
  return names.length === 0
    ? `const tool = (one) => one; export default () => schemasOf({ ${NAMELESS}: (${plain.trim().replace(/;$/u, "")}\n) });`
    : `const tool = (one) => one; export default async () => {${plain}\nreturn schemasOf({ ${all} }); };`;
}

/** The code without its imports, exports and types. Lines keep their numbers. */
function plainCode(code: string): string {
  return code
    .replaceAll(
      /^[ \t]*import\b[^;]*?from[ \t]*["'](?:zod(?:\/v4|\/v3|\/mini|\/v4-mini)?|ai)["'];?/gmu,
      blank,
    )
    .replaceAll(
      /^[ \t]*(?:export[ \t]+)?type[ \t]+[\w$]+[ \t]*=[ \t]*z\.(?:infer|input|output)<[^>]*>;?/gmu,
      blank,
    )
    .replaceAll(/^([ \t]*)export[ \t]+default\b/gmu, `$1const ${NAMELESS} =`)
    .replaceAll(/^([ \t]*)export[ \t]+(?=(?:const|let|var|function|class|async)\b)/gmu, "$1");
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/gu, "");
}
