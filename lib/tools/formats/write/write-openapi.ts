import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, isObject, parseJson } from "@/lib/stream/turn/json-read";
import { percentDecode } from "@/lib/tools/formats/percent";
import { newSecretNames } from "@/lib/tools/formats/secret-names";
import { takeBindingSecrets } from "@/lib/tools/formats/take-secrets";
import type { HttpTemplate, ToolDefinition } from "@/lib/tools/tool";

/** Tools that send a request as an OpenAPI document, an operation each. What is no such request is named. Pure. */
export function writeOpenApi(tools: readonly ToolDefinition[]): {
  value: JsonObject;
  notes: readonly string[];
} {
  const notes: string[] = [];
  const names = newSecretNames(tools);
  const paths = new Map<string, Map<string, JsonObject>>();
  const schemes = new Map<string, JsonObject>();
  const origins = new Set<string>();
  for (const tool of tools) {
    const { binding, notes: taken } = takeBindingSecrets(tool.binding, names);
    notes.push(...taken.map((note) => `${tool.name}: ${note}`));
    const written = binding.kind === "http" ? writeOperation(tool, binding.request) : "it sends no request";
    if (typeof written === "string") {
      notes.push(`${tool.name} is left out: ${written}.`);
      continue;
    }
    const method = written.method.toLowerCase();
    const operations = paths.get(written.path) ?? new Map<string, JsonObject>();
    if (operations.has(method)) {
      notes.push(`${tool.name} is left out: another tool has the same path and method.`);
      continue;
    }
    paths.set(written.path, operations.set(method, written.operation));
    for (const [name, scheme] of written.schemes) schemes.set(name, scheme);
    origins.add(written.origin);
  }
  return {
    value: {
      openapi: "3.1.0",
      info: { title: "Tools", version: "1" },
      ...(origins.size === 1 ? { servers: [{ url: [...origins][0] ?? "" }] } : {}),
      paths: Object.fromEntries(
        [...paths].map(([path, operations]) => [
          path,
          Object.fromEntries(
            [...operations].map(([method, { servers = null, ...operation }]) => [
              method,
              origins.size === 1 ? operation : { servers, ...operation },
            ]),
          ),
        ]),
      ),
      ...(schemes.size === 0 ? {} : { components: { securitySchemes: Object.fromEntries(schemes) } }),
    },
    notes,
  };
}

type Operation = {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly operation: JsonObject;
  readonly schemes: readonly (readonly [string, JsonObject])[];
};

const ONE = /^\{\{([\w-]+)\??\}\}$/;
const SECRET = /^(?:(bearer|basic) )?\{\{secret:([\w-]+)\}\}$/i;

/** The operation of a tool, or why there is none. */
function writeOperation(tool: ToolDefinition, request: HttpTemplate): Operation | string {
  const address = /^(https?:\/\/[^/?#]+)([^?#]*)(?:\?([^#]*))?$/i.exec(request.url);
  const [, origin, template = "", query = ""] = address ?? [];
  if (origin === undefined || origin.includes("{{")) return "its address is not a server and a path";
  const properties = asObject(tool.parameters["properties"]) ?? {};
  const required = tool.parameters["required"];
  const isRequired = (name: string) => isList(required) && required.includes(name);
  const parameters: JsonObject[] = [];
  const schemes: [string, JsonObject][] = [];
  const parameter = (name: string, place: string, argument: string) =>
    parameters.push({
      name,
      in: place,
      ...(place === "path" || isRequired(argument) ? { required: true } : {}),
      schema: Object.hasOwn(properties, argument) ? (properties[argument] ?? {}) : {},
    });
  const path = template.replace(/\{\{([\w-]+)\}\}/g, (_all, argument: string) => {
    parameter(argument, "path", argument);
    return `{${argument}}`;
  });
  for (const pair of query === "" ? [] : query.split("&")) {
    const [, name = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
    const key = percentDecode(name);
    const secret = SECRET.exec(value)?.[2];
    const argument = ONE.exec(value)?.[1];
    if (secret !== undefined) schemes.push([secret, { type: "apiKey", in: "query", name: key }]);
    else if (argument !== undefined) parameter(key, "query", argument);
    else return `"${pair.slice(0, 60)}" of its address is not one argument`;
  }
  for (const { name, value } of request.headers) {
    const [, scheme, secret] = SECRET.exec(value) ?? [];
    const argument = ONE.exec(value)?.[1];
    if (/^content-type$/i.test(name)) continue;
    if (secret !== undefined) schemes.push([secret, headerScheme(name, scheme)]);
    else if (argument !== undefined) parameter(name, "header", argument);
    else return `its header ${name} is not one argument`;
  }
  const body = writeBody(tool, request, properties, isRequired);
  if (typeof body === "string") return body;
  return {
    method: request.method,
    origin,
    path: path === "" ? "/" : path,
    schemes,
    operation: {
      servers: [{ url: origin }],
      operationId: tool.name,
      ...(tool.description === "" ? {} : { description: tool.description }),
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(body === null ? {} : { requestBody: body }),
      ...(schemes.length === 0
        ? {}
        : { security: [Object.fromEntries(schemes.map(([name]) => [name, []]))] }),
    },
  };
}

function headerScheme(name: string, scheme: string | undefined): JsonObject {
  return scheme === undefined || !/^authorization$/i.test(name)
    ? { type: "apiKey", in: "header", name }
    : { type: "http", scheme: scheme.toLowerCase() };
}

function writeBody(
  { parameters }: ToolDefinition,
  { body, headers }: HttpTemplate,
  properties: JsonObject,
  isRequired: (name: string) => boolean,
): JsonObject | string | null {
  if (body === null) return null;
  const json = parseJson(body);
  const type = headers.find(({ name }) => /^content-type$/i.test(name))?.value ?? "application/json";
  if (json === undefined || !/json/i.test(type)) return "its body is not JSON";
  const schema = bodySchema(json, properties, isRequired);
  if (schema === null) return "its body holds more than one argument in a place";
  // References of the arguments lead into the tool's own schema, which a body's schema is not.
  if ("$defs" in parameters) return "its schema refers to itself";
  const { schema: content, isNeeded } = schema;
  return { ...(isNeeded ? { required: true } : {}), content: { [type]: { schema: content } } };
}

function bodySchema(
  json: Json,
  properties: JsonObject,
  isRequired: (name: string) => boolean,
): { schema: Json; isNeeded: boolean } | null {
  const argument = typeof json === "string" ? ONE.exec(json)?.[1] : undefined;
  if (argument !== undefined) return { schema: properties[argument] ?? {}, isNeeded: isRequired(argument) };
  if (!isObject(json)) return null;
  const parts = Object.entries(json).map(([name, value]) => ({
    name,
    argument: typeof value === "string" ? ONE.exec(value)?.[1] : undefined,
  }));
  if (parts.some((part) => part.argument === undefined)) return null;
  const needed = parts.filter((part) => isRequired(part.argument ?? "")).map(({ name }) => name);
  return {
    isNeeded: needed.length > 0,
    schema: {
      type: "object",
      properties: Object.fromEntries(parts.map((part) => [part.name, properties[part.argument ?? ""] ?? {}])),
      ...(needed.length === 0 ? {} : { required: needed }),
    },
  };
}
