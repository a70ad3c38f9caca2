import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList, textAt } from "@/lib/stream/turn/json-read";
import { percentEncode } from "@/lib/tools/formats/percent";
import type { SecretNames } from "@/lib/tools/formats/secret-names";
import { originOf } from "@/lib/tools/formats/take-secrets";
import type { HttpHeader } from "@/lib/tools/tool";

type Security = {
  readonly headers: readonly HttpHeader[];
  /** Pairs of the address. */
  readonly query: readonly string[];
  readonly notes: readonly string[];
};

const NONE: Security = { headers: [], query: [], notes: [] };

/** Where an operation is sent, and the names of its document's secrets. */
type Place = { readonly url: string; readonly names: SecretNames };

/** How an operation proves who asks: by secrets that the server's configuration has to list. Pure but for the names. */
export function securityOf(document: JsonObject, operation: JsonObject, place: Place): Security {
  const asked = asRequirements(operation["security"] ?? document["security"]);
  // Any one of them is enough; an empty one is none at all.
  const [first] = asked;
  if (first === undefined || asked.some((one) => one.length === 0)) return NONE;
  const schemes = asObject(asObject(document["components"])?.["securitySchemes"]);
  const parts = first.map((name) => schemeOf(name, schemes, place));
  return {
    headers: parts.flatMap(({ headers }) => headers),
    query: parts.flatMap(({ query }) => query),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

function asRequirements(value: Json | undefined): readonly (readonly string[])[] {
  return (isList(value) ? value : []).map((one) => Object.keys(asObject(one) ?? {}));
}

function schemeOf(name: string, schemes: JsonObject | null, { url, names }: Place): Security {
  const scheme = schemes !== null && Object.hasOwn(schemes, name) ? asObject(schemes[name]) : null;
  const wanted = name.replace(/[^A-Za-z\d]+/g, "_").toUpperCase();
  // The document does not hold the credential: it is known by its scheme.
  const secret = names.nameOf({ wanted, origin: originOf(url), value: `scheme ${name}` });
  const value = `{{secret:${secret}}}`;
  const notes = [`It needs the secret ${secret}, which the server's configuration can hold.`];
  switch (textAt(scheme ?? {}, "type") ?? "") {
    case "http": {
      const isBasic = textAt(scheme ?? {}, "scheme")?.toLowerCase() === "basic";
      return {
        headers: [{ name: "Authorization", value: `${isBasic ? "Basic" : "Bearer"} ${value}` }],
        query: [],
        notes,
      };
    }
    case "oauth2":
    case "openIdConnect":
      return { headers: [{ name: "Authorization", value: `Bearer ${value}` }], query: [], notes };
    case "apiKey": {
      const key = textAt(scheme ?? {}, "name") ?? "key";
      const place = textAt(scheme ?? {}, "in");
      if (place === "query") return { headers: [], query: [`${percentEncode(key)}=${value}`], notes };
      if (place === "header") return { headers: [{ name: key, value }], query: [], notes };
      return { ...NONE, notes: [`Its key goes into the cookie ${key}, which an HTTP tool can't send.`] };
    }
    default:
      return { ...NONE, notes: [`How it is protected (${name}) can't be read.`] };
  }
}
