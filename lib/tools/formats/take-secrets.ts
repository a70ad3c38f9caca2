import type { HttpHeader, ToolBinding } from "@/lib/tools/tool";

/** What stands in a template for a secret that the server's configuration lists. */
const PLACEHOLDER = /\{\{\s*secret:[^{}]*\}\}/;
const SECRET_NAMES =
  /(?:^|[-_])(?:auth|authorization|authentication|token|key|apikey|appid|secret|password|passwd|pwd|session|sid|cookie|credentials?|signature|sig|jwt)(?:$|[-_])/i;
const NOT_SECRET = /idempotency|correlation|request[-_]id|content/i;
const SECRET_VALUES =
  /^(?:bearer|basic|token|digest)\s+\S|\b(?:sk-|pk-|gh[pousr]_|xox[abprs]-|AIza|AKIA|ya29\.|eyJ)[\w.-]{8,}/i;

/** A value whose secret was taken out, with the name that took its place; null where it holds none. */
export type TakenSecret = { readonly value: string; readonly secret: string };

/** Takes a secret out of a named value of a request to `host`, such as a header. Pure. */
export function takeSecret(name: string, value: string, host: string): TakenSecret | null {
  if (value === "" || PLACEHOLDER.test(value)) return null;
  const isNamed = SECRET_NAMES.test(spaced(name)) && !NOT_SECRET.test(name);
  if (!isNamed && !SECRET_VALUES.test(value)) return null;
  const [, scheme = ""] = /^(bearer|basic|token|digest)\s+/i.exec(value) ?? [];
  const secret = secretName(name, host);
  return { value: `${scheme === "" ? "" : `${scheme} `}{{secret:${secret}}}`, secret };
}

/** `api.example.com` and `X-Api-Key` give `API_EXAMPLE_COM_API_KEY`. */
export function secretName(name: string, host: string): string {
  const what = /^(?:proxy-)?authorization$/i.test(name) ? "token" : name.replace(/^x-/i, "");
  return `${host}_${what}`
    .toUpperCase()
    .replace(/[^A-Z\d]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 80);
}

type Kept = { readonly headers: readonly HttpHeader[]; readonly notes: readonly string[] };

/** Headers without the secrets in them. Pure. */
export function takeHeaderSecrets(headers: readonly HttpHeader[], host: string): Kept {
  const notes: string[] = [];
  const kept = headers.map(({ name, value }) => {
    const taken = takeSecret(name, value, host);
    if (taken === null) return { name, value };
    notes.push(takenNote(`The value of ${name}`, taken.secret));
    return { name, value: taken.value };
  });
  return { headers: kept, notes };
}

/** In a person's words, that a secret was taken out. */
export function takenNote(what: string, secret: string): string {
  return `${what} was taken out. The server's configuration can hold it as ${secret}.`;
}

/** A binding without the secrets in its headers: none belongs in a file or in a session. Pure. */
export function takeBindingSecrets(binding: ToolBinding): { binding: ToolBinding; notes: readonly string[] } {
  if (binding.kind === "http") {
    const { headers, notes } = takeHeaderSecrets(binding.request.headers, hostOf(binding.request.url));
    return { binding: { ...binding, request: { ...binding.request, headers } }, notes };
  }
  if (binding.kind === "mcp" && binding.server.from === "person") {
    const { headers, notes } = takeHeaderSecrets(binding.server.headers, hostOf(binding.server.url));
    return { binding: { ...binding, server: { ...binding.server, headers } }, notes };
  }
  return { binding, notes: [] };
}

/** The host of an address that may hold placeholders. */
export function hostOf(url: string): string {
  return /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/:?#]*)/i.exec(url)?.[1] ?? "";
}

/** `apiKey` as `api-Key`, so that its words are seen. */
function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1-$2");
}
