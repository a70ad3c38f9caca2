import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, textAt } from "@/lib/stream/turn/json-read";
import type { SecretNames } from "@/lib/tools/formats/secret-names";
import { takeLogin } from "@/lib/tools/formats/take-secrets";
import type { HttpHeader } from "@/lib/tools/tool";

/** Stands for a server that a document does not name: no such host can exist. */
const NO_SERVER = "https://server.invalid";

type Server = {
  readonly url: string;
  /** What stood before @ in the address, as the header that sends it. */
  readonly headers: readonly HttpHeader[];
  readonly notes: readonly string[];
  readonly secretNotes: readonly string[];
};

/** The address that the paths of an operation are added to, without a slash at its end. A password in it is taken out. Pure. */
export function serverOf(
  document: JsonObject,
  shared: JsonObject | null,
  operation: JsonObject | null,
  names: SecretNames,
): Server {
  const lists: readonly (Json | undefined)[] = [
    operation?.["servers"],
    shared?.["servers"],
    document["servers"],
  ];
  const servers = lists.find((list) => isList(list) && list.length > 0);
  const server = asObject(isList(servers) ? servers[0] : undefined);
  const url = server === null ? "" : filled(textAt(server, "url") ?? "", asObject(server["variables"]));
  const base = url.replace(/\/+$/, "");
  const [, scheme = "", user, rest = ""] = /^(https?:\/\/)(?:([^/?#]*)@)?([^]*)$/i.exec(base) ?? [];
  if (scheme !== "" && user === undefined) return { url: base, headers: [], notes: [], secretNotes: [] };
  if (scheme !== "") {
    const place = { url: scheme + rest, names };
    const login = takeLogin(user ?? null, [], place, "What stands before @ in the server's address");
    return { url: place.url, headers: login.headers, notes: [], secretNotes: login.notes };
  }
  return {
    headers: [],
    secretNotes: [],
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
