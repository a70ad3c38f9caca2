/** What of a server's tools can be used: the others are left out before the client sees them, each with its reason. Pure. */
import { specTypeSchemas } from "@modelcontextprotocol/client";
import { z } from "zod";

export type LeftOut = { readonly name: string; readonly why: string };

/** The most tools of one server. */
export const MOST_TOOLS = 1_000;

/**
 * Splits a page of `tools/list`. `seen` holds the names of earlier pages and grows. `checkHeaders`: whether arguments
 * may travel in headers (Streamable HTTP since 2026-07-28), where a tool that declares them wrongly can't be called.
 */
export function splitTools(
  tools: readonly unknown[],
  seen: Set<string>,
  checkHeaders: boolean,
): { readonly kept: readonly unknown[]; readonly leftOut: readonly LeftOut[] } {
  const kept: unknown[] = [];
  const leftOut: LeftOut[] = [];
  for (const tool of tools) {
    const why = whyNot(tool, seen, checkHeaders);
    if (why === null) {
      kept.push(tool);
      seen.add(nameOf(tool));
    } else leftOut.push({ name: nameOf(tool), why });
  }
  return { kept, leftOut };
}

function whyNot(tool: unknown, seen: ReadonlySet<string>, checkHeaders: boolean): string | null {
  const parsed = specTypeSchemas.Tool["~standard"].validate(tool);
  if (parsed.issues !== undefined) {
    const [issue] = parsed.issues;
    return `its definition is not valid: ${placeOf(issue?.path)}: ${issue?.message ?? "not a tool"}`;
  }
  const { name, inputSchema, execution, _meta: meta } = parsed.value;
  if (name === "") return "it has no name";
  if (seen.size >= MOST_TOOLS)
    return `Vitrine lists the first ${MOST_TOOLS.toLocaleString("en-US")} tools of a server`;
  if (name.length > 128) return "its name is longer than 128 characters";
  if (seen.has(name)) return "the server has another tool of this name before it";
  if (execution?.taskSupport === "required") return "it only runs as a task, which Vitrine does not support";
  if (isForAppsOnly(meta)) return "the server means it for the page of an app, not for a model";
  const fault = checkHeaders ? headerFault(inputSchema) : null;
  return fault === null ? null : `its x-mcp-header is not valid: ${fault}`;
}

type Path = readonly (PropertyKey | { readonly key: PropertyKey })[];

function placeOf(path: Path = []): string {
  const keys = path.map((part) => String(typeof part === "object" ? part.key : part));
  return keys.join(".") || "tool";
}

function nameOf(tool: unknown): string {
  const name = typeof tool === "object" && tool !== null && "name" in tool ? tool.name : null;
  return typeof name === "string" && name !== "" ? name : "(no name)";
}

function isForAppsOnly(meta: Readonly<Record<string, unknown>> | undefined): boolean {
  const ui = z.object({ visibility: z.array(z.string()) }).safeParse(meta?.["ui"]);
  return ui.success && !ui.data.visibility.includes("model");
}

const HEADER = "x-mcp-header";
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/u;
const PRIMITIVES: ReadonlySet<unknown> = new Set(["string", "integer", "boolean"]);

/** What is wrong with the annotations that copy an argument into a header; null = nothing. */
function headerFault(schema: object): string | null {
  const names = new Set<string>();
  const open: { readonly node: unknown; readonly path: string; readonly isProperty: boolean }[] = [
    { node: schema, path: "", isProperty: true },
  ];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { node, path, isProperty } = next;
    if (typeof node !== "object" || node === null) continue;
    if (!Array.isArray(node) && Object.hasOwn(node, HEADER)) {
      const fault = annotationFault(node, path, isProperty, names);
      if (fault !== null) return fault;
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === "properties" && typeof child === "object" && child !== null)
        for (const [name, property] of Object.entries(child))
          open.push({ node: property, path: path === "" ? name : `${path}.${name}`, isProperty });
      else if (!DATA.has(key)) open.push({ node: child, path: `${path}<${key}>`, isProperty: false });
    }
  }
  return null;
}

/** Keywords whose values are data and not schemas. */
const DATA: ReadonlySet<string> = new Set(["const", "default", "enum", "examples", HEADER]);

function annotationFault(node: object, path: string, isProperty: boolean, names: Set<string>): string | null {
  const { [HEADER]: header, type } = z.looseObject({ [HEADER]: z.unknown(), type: z.unknown() }).parse(node);
  const where = path === "" ? "the arguments" : `"${path}"`;
  if (!isProperty || path === "") return `it stands at ${where}, where no argument of its own is`;
  if (typeof header !== "string" || !TOKEN.test(header)) return `${where} names no usable header`;
  if (!PRIMITIVES.has(type)) return `${where} is not a string, an integer or a boolean`;
  if (names.has(header.toLowerCase())) return `the header ${header} is named twice`;
  names.add(header.toLowerCase());
  return null;
}
