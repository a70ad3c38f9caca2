/** The one reader of base URLs: what people type in the page and what the environment says. Pure. */

/** Parts of an address that are kept like a key: in no storage, export, link or inspector. */
export type AddressSecrets = {
  /** "user:password", decoded; null = none. */
  readonly login: string | null;
  /** Parts of the query whose names are those of secrets, as they were written: "key=abc". "" = none. */
  readonly query: string;
};

export type ReadBaseUrl =
  | {
      readonly ok: true;
      /** Origin, path without a trailing slash, and the part of the query that is no secret. */
      readonly baseUrl: string;
      readonly secrets: AddressSecrets;
      /** What was left out, one sentence each. */
      readonly notes: readonly string[];
    }
  | {
      readonly ok: false;
      readonly code: "NOT_A_URL" | "NOT_HTTP";
      readonly message: string;
    };

/** What a call adds to the base URL by itself. */
const ENDPOINT_PATH =
  /\/(?:chat\/completions|completions|responses|messages|embeddings|models(?:\/[^/]+:[a-z]+)?)$/iu;

/** Reads an address that begins with `http://` or `https://`. Whether it may be called is the caller's question. */
export function readBaseUrl(text: string): ReadBaseUrl {
  // A URL would take blanks and write them as %20: whoever typed them meant something else.
  if (/\s/u.test(text) || !URL.canParse(text)) {
    return { ok: false, code: "NOT_A_URL", message: "The address is not a URL." };
  }
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    const message = `Only http and https addresses can be called, not ${url.protocol}`;
    return { ok: false, code: "NOT_HTTP", message };
  }
  const pieces = url.search.slice(1).split("&").filter(Boolean);
  const kept = pieces.filter((piece) => !isSecretName(nameOf(piece)));
  const query = pieces.filter((piece) => isSecretName(nameOf(piece))).join("&");
  const path = url.pathname.replace(/\/+$/u, "");
  const cut = ENDPOINT_PATH.exec(path)?.[0] ?? "";
  const notes = [
    ...(cut === "" ? [] : [`"${cut}" was removed: Vitrine adds the path of each call itself.`]),
    ...(url.hash === "" ? [] : ["The part after # was removed: servers never see it."]),
  ];
  const hasLogin = url.username !== "" || url.password !== "";
  return {
    ok: true,
    baseUrl: `${url.origin}${path.slice(0, path.length - cut.length)}${kept.length === 0 ? "" : `?${kept.join("&")}`}`,
    secrets: { login: hasLogin ? `${decoded(url.username)}:${decoded(url.password)}` : null, query },
    notes,
  };
}

/** The address of a call: `path`, which may have a query of its own, below a base URL. */
export function belowBaseUrl(baseUrl: string, path: string): string {
  const [base = "", query = ""] = baseUrl.split("?");
  return withQuery(`${base}${path}`, query);
}

/** The address with more query; "" adds nothing. */
export function withQuery(url: string, query: string): string {
  return query === "" ? url : `${url}${url.includes("?") ? "&" : "?"}${query}`;
}

/** The names in a query, decoded, each once. */
export function queryNames(query: string): readonly string[] {
  return [...new Set(query.split("&").filter(Boolean).map(nameOf))];
}

const SECRET_WORDS: ReadonlySet<string> = new Set([
  "auth",
  "authorization",
  "bearer",
  "code",
  "credential",
  "credentials",
  "jwt",
  "pass",
  "passwd",
  "pwd",
  "sas",
  "sig",
  "signature",
]);

/** "api-key", "accessToken" and "sig" are names of secrets, "api-version" is not. */
function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/u);
  return words.some((word) => SECRET_WORDS.has(word) || /(?:key|token|secret|password)s?$/u.test(word));
}

function nameOf(piece: string): string {
  return decoded((piece.split("=")[0] ?? "").replaceAll("+", " "));
}

/** A lone % is a character like any other. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
