import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, textAt } from "@/lib/stream/turn/json-read";
import { argumentName } from "@/lib/tools/formats/curl/arguments";
import { percentEncode } from "@/lib/tools/formats/percent";
import type { SecretNames } from "@/lib/tools/formats/secret-names";
import { freeName } from "@/lib/tools/free-name";
import type { HttpHeader, HttpTemplate } from "@/lib/tools/tool";

import { type Inliner, newInliner } from "./inline-schema";
import { type Operation, reach } from "./operation";
import { securityOf } from "./security-of";
import { serverOf } from "./server-of";

export type ReadOperation =
  | {
      readonly ok: true;
      readonly description: string;
      readonly parameters: JsonObject;
      readonly request: HttpTemplate;
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

/** An argument of the tool, and where the request has it. */
type Argument = { readonly name: string; readonly schema: Json; readonly isRequired: boolean };

/** Reads an operation: its arguments and the request that carries them. Pure. */
export function readOperation(at: Operation, names: SecretNames): ReadOperation {
  const { document, shared, operation, method } = at;
  const inliner = newInliner(document);
  const args = new Map<string, Argument>();
  const add = (wanted: string, schema: Json, isRequired: boolean) => {
    const name = freeName(argumentName(wanted), new Set(args.keys()));
    args.set(name, { name, schema, isRequired });
    return isRequired ? `{{${name}}}` : `{{${name}?}}`;
  };
  const parts = readParameters(at, inliner, add);
  const body = readBody(at, inliner, add);
  if (!body.ok) return body;
  const server = serverOf(document, shared, operation, names);
  const security = securityOf(document, operation, { url: server.url, names });
  const query = [...parts.query, ...security.query];
  const own = security.headers.some(({ name }) => /^authorization$/i.test(name)) ? [] : server.headers;
  const headers = [...parts.headers, ...own, ...security.headers, ...body.headers];
  return {
    ok: true,
    description: descriptionOf(operation),
    parameters: writeParameters([...args.values()], inliner),
    request: {
      method,
      url: `${server.url}${parts.path}${query.length === 0 ? "" : `?${query.join("&")}`}`,
      headers,
      body: body.text,
    },
    notes: [...server.secretNotes, ...parts.notes, ...body.notes, ...security.notes, ...inliner.notes()],
  };
}

function descriptionOf(operation: JsonObject): string {
  const summary = textAt(operation, "summary") ?? "";
  const description = textAt(operation, "description") ?? "";
  if (summary === "" || description.startsWith(summary)) return description;
  return description === "" ? summary : `${summary}\n${description}`;
}

function writeParameters(args: readonly Argument[], inliner: Inliner): JsonObject {
  const required = args.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const defs = inliner.defs();
  return {
    type: "object",
    properties: Object.fromEntries(args.map(({ name, schema }) => [name, schema])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
    ...(Object.keys(defs).length === 0 ? {} : { $defs: defs }),
  };
}

type Add = (wanted: string, schema: Json, isRequired: boolean) => string;

type Parts = {
  readonly path: string;
  readonly query: readonly string[];
  readonly headers: readonly HttpHeader[];
  readonly notes: readonly string[];
};

/** OpenAPI says of these headers that the operation's other parts define them. */
const OTHERWISE_DEFINED = /^(?:accept|content-type|authorization)$/i;

function readParameters({ document, shared, operation, path }: Operation, inliner: Inliner, add: Add): Parts {
  const query: string[] = [];
  const headers: HttpHeader[] = [];
  const notes: string[] = [];
  const inPath = new Map<string, string>();
  for (const parameter of mergedParameters(document, shared, operation)) {
    const name = textAt(parameter, "name") ?? "";
    const place = textAt(parameter, "in") ?? "";
    if (place === "cookie") notes.push(`The cookie ${name} is left out: an HTTP tool sends none.`);
    if (name === "" || place === "cookie" || (place === "header" && OTHERWISE_DEFINED.test(name))) continue;
    const schema = schemaOf(parameter, inliner);
    const placeholder = add(name, schema, place === "path" || parameter["required"] === true);
    if (place === "path") inPath.set(name, placeholder);
    else if (place === "query") {
      query.push(`${percentEncode(name)}=${placeholder}`);
      if (!isPlainValue(schema)) notes.push(asJsonNote(name));
    } else if (place === "header") headers.push({ name, value: placeholder });
  }
  const filled = path.replace(
    /\{([^{}]+)\}/g,
    (_all, name: string) => inPath.get(name) ?? add(name, { type: "string" }, true),
  );
  return { path: filled, query, headers, notes };
}

/** Those of the path, each replaced by the operation's own of the same name and place. */
function mergedParameters(
  document: JsonObject,
  shared: JsonObject,
  operation: JsonObject,
): readonly JsonObject[] {
  const merged = new Map<string, JsonObject>();
  for (const list of [shared["parameters"], operation["parameters"]]) {
    for (const entry of isList(list) ? list : []) {
      const parameter = reach(document, entry);
      if (parameter !== null)
        merged.set(`${textAt(parameter, "in") ?? ""} ${textAt(parameter, "name") ?? ""}`, parameter);
    }
  }
  return [...merged.values()];
}

function schemaOf(parameter: JsonObject, inliner: Inliner): Json {
  const [content] = Object.values(asObject(parameter["content"]) ?? {});
  const schema = inliner.inline(parameter["schema"] ?? asObject(content)?.["schema"] ?? {});
  const description = textAt(parameter, "description");
  const fields = asObject(schema);
  return description === null || fields === null ? schema : { ...fields, description };
}

type Body =
  | {
      readonly ok: true;
      readonly text: string | null;
      readonly headers: readonly HttpHeader[];
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

const NO_BODY = { ok: true, text: null, headers: [], notes: [] } as const;

function readBody({ document, operation }: Operation, inliner: Inliner, add: Add): Body {
  const body = reach(document, operation["requestBody"]);
  if (body === null) return NO_BODY;
  const isRequired = body["required"] === true;
  const types = Object.entries(asObject(body["content"]) ?? {});
  const [type, content] =
    SENDABLE.map((kind) => types.find(([name]) => kind.test(name))).find((each) => each !== undefined) ?? [];
  if (type === undefined) {
    const named = types.map(([name]) => name).join(", ") || "of no type";
    return isRequired
      ? { ok: false, why: `Its body is ${named}. An HTTP tool sends JSON, forms and text.` }
      : { ...NO_BODY, notes: [`Its body (${named}) is left out: an HTTP tool sends JSON, forms and text.`] };
  }
  const schema = asObject(inliner.inline(asObject(content)?.["schema"] ?? {})) ?? {};
  const headers = [{ name: "Content-Type", value: type }];
  const isForm = FORM.test(type);
  const properties = TEXT.test(type) ? null : flatProperties(schema);
  if (properties === null) {
    const whole = add("body", schema, isRequired);
    if (!isForm)
      return { ok: true, text: JSON_TYPE.test(type) ? JSON.stringify(whole) : whole, headers, notes: [] };
    const why = "Its body is a form whose fields the document does not list.";
    return isRequired ? { ok: false, why } : { ...NO_BODY, notes: [`${why} It is left out.`] };
  }
  const { required } = schema;
  const fields = Object.entries(properties).map(([name, part]): [string, string] => [
    name,
    add(name, part, isRequired && isList(required) && required.includes(name)),
  ]);
  if (!isForm)
    return { ok: true, text: JSON.stringify(Object.fromEntries(fields), null, 2), headers, notes: [] };
  const lists = Object.entries(properties).flatMap(([name, part]) => (isPlainValue(part) ? [] : [name]));
  const text = fields.map(([name, placeholder]) => `${percentEncode(name)}=${placeholder}`).join("&");
  return { ok: true, text, headers, notes: lists.map(asJsonNote) };
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;
const FORM = /^application\/x-www-form-urlencoded\b/i;
const TEXT = /^text\//i;
/** The bodies that an HTTP tool can send, the best first. */
const SENDABLE = [JSON_TYPE, FORM, TEXT];

/** Whether a value is one text in an address or a form, whatever its exact schema. */
function isPlainValue(schema: Json): boolean {
  const type = asObject(schema)?.["type"];
  return !(isList(type) ? type : [type]).some((each) => each === "array" || each === "object");
}

function asJsonNote(name: string): string {
  return `${name} is sent as JSON, such as ["a","b"]. Its server may want it another way: change the tool's request then.`;
}

/** What an object can hold beside its properties without being more than these. */
const PLAIN = new Set(["type", "properties", "required", "title", "description", "additionalProperties"]);

/** The properties of a body that can be arguments of their own; null where it is more than a list of properties. */
function flatProperties(schema: JsonObject): JsonObject | null {
  const properties = asObject(schema["properties"]);
  const isPlain = Object.keys(schema).every((keyword) => PLAIN.has(keyword));
  return isPlain &&
    (schema["type"] ?? "object") === "object" &&
    asObject(schema["additionalProperties"]) === null
    ? properties
    : null;
}
