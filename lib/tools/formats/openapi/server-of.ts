import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, textAt } from "@/lib/stream/turn/json-read";

/** Stands for a server that a document does not name: no such host can exist. */
const NO_SERVER = "https://server.invalid";

/** The address that the paths of an operation are added to, without a slash at its end. Pure. */
export function serverOf(
  document: JsonObject,
  shared: JsonObject | null,
  operation: JsonObject | null,
): { readonly url: string; readonly notes: readonly string[] } {
  const lists: readonly (Json | undefined)[] = [
    operation?.["servers"],
    shared?.["servers"],
    document["servers"],
  ];
  const servers = lists.find((list) => isList(list) && list.length > 0);
  const server = asObject(isList(servers) ? servers[0] : undefined);
  const url = server === null ? "" : filled(textAt(server, "url") ?? "", asObject(server["variables"]));
  const base = url.replace(/\/+$/, "");
  if (/^https?:\/\//i.test(base)) return { url: base, notes: [] };
  return {
    url: NO_SERVER + (base === "" || base.startsWith("/") ? base : `/${base}`),
    notes: [`The document does not name its server. Replace ${NO_SERVER} in the tools' addresses.`],
  };
}

function filled(url: string, variables: JsonObject | null): string {
  return url.replace(/\{([^{}]+)\}/g, (all, name: string) => {
    const variable = variables !== null && Object.hasOwn(variables, name) ? asObject(variables[name]) : null;
    return variable === null ? all : (textAt(variable, "default") ?? all);
  });
}
