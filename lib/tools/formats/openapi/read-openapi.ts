import type { JsonObject } from "@/lib/stream/turn/json";
import { asObject, textAt } from "@/lib/stream/turn/json-read";
import type { Taken, TakenItems } from "@/lib/tools/formats/item";
import { newSecretNames, type SecretNames } from "@/lib/tools/formats/secret-names";
import { freeName, legalName } from "@/lib/tools/free-name";
import { pointerTo } from "@/lib/tools/schema/json-pointer";
import type { HttpMethod } from "@/lib/tools/tool";

import { type Operation, reach } from "./operation";
import { readOperation } from "./read-operation";
import { serverOf } from "./server-of";

const METHODS: ReadonlyMap<string, HttpMethod> = new Map([
  ["get", "GET"],
  ["post", "POST"],
  ["put", "PUT"],
  ["patch", "PATCH"],
  ["delete", "DELETE"],
]);
const OTHER_METHODS = new Set(["head", "options", "trace", "query"]);

/** Whether a value is an OpenAPI document of version 3. */
export function isOpenApi(value: JsonObject): boolean {
  const { openapi } = value;
  return (typeof openapi === "string" && openapi.startsWith("3")) || openapi === 3 || openapi === 3.1;
}

/**
 * Reads each operation of an OpenAPI document as a tool that sends its request: parameters and body become the
 * arguments. Names are made legal and numbered where they are the same. Pure.
 */
export function readOpenApi(document: JsonObject): TakenItems {
  const names = new Set<string>();
  const secrets = newSecretNames(document);
  const items = Object.entries(asObject(document["paths"]) ?? {}).flatMap(([path, entry]): Taken[] => {
    const shared = reach(document, entry);
    if (shared === null) return [{ why: "Its path can't be read.", name: path }];
    return Object.entries(shared).flatMap(([key, value]): Taken[] => {
      const operation = asObject(value);
      if (OTHER_METHODS.has(key) && operation !== null)
        return [
          {
            why: `An HTTP tool can't send ${key.toUpperCase()}.`,
            name: textAt(operation, "operationId") ?? path,
          },
        ];
      const method = METHODS.get(key);
      if (method === undefined || operation === null) return [];
      const name = freeName(nameOf(operation, key, path), names);
      names.add(name);
      const pointer = pointerTo(pointerTo("/paths", path), key);
      return [read({ document, shared, operation, method, path, name, pointer }, secrets)];
    });
  });
  const server = serverOf(document, null, null, secrets);
  const notes = items.length === 0 ? ["The document has no operations."] : server.notes;
  return { format: "openapi", items, notes };
}

function read(
  operation: Operation & { readonly name: string; readonly pointer: string },
  secrets: SecretNames,
): Taken {
  const { name, pointer } = operation;
  const result = readOperation(operation, secrets);
  if (!result.ok) return { why: result.why, name };
  const { description, parameters, request, notes } = result;
  return {
    pointer,
    isNamedHere: true,
    item: {
      format: "openapi",
      value: { name, description, parameters },
      extra: { binding: { kind: "http", request } },
      notes,
    },
  };
}

function nameOf(operation: JsonObject, method: string, path: string): string {
  const id = legalName(textAt(operation, "operationId") ?? "");
  return id === "" ? legalName(`${method}_${path}`) || method : id;
}
