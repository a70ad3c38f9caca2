import { isObject, parseJson } from "@/lib/stream/turn/json-read";
import type { HttpHeader, ToolBinding } from "@/lib/tools/tool";

import { basicCredential } from "./basic-credential";
import { percentDecode } from "./percent";
import type { SecretNames } from "./secret-names";

/** What stands in a template for a secret that the server's configuration lists. */
const PLACEHOLDER = /\{\{\s*secret:[^{}]*\}\}/;
const SECRET_NAMES =
  /(?:^|[-_])(?:auth|authorization|authentication|token|key|apikey|appid|secret|password|passwd|pwd|session|sid|cookie|credentials?|signature|sig|jwt)(?:$|[-_])/i;
const NOT_SECRET = /idempotency|correlation|request[-_]id|content/i;
const SECRET_VALUES =
  /^(?:bearer|basic|token|digest)\s+\S|\b(?:sk-|pk-|gh[pousr]_|xox[abprs]-|AIza|AKIA|ya29\.|eyJ)[\w.-]{8,}/i;

/** A value whose secret was taken out, with the name that took its place; null where it holds none. */
export type TakenSecret = { readonly value: string; readonly secret: string };

/** Where a request goes, and the names of the secrets that are taken out of it and of those beside it. */
export type SecretPlace = { readonly url: string; readonly names: SecretNames };

/** Takes a secret out of a named value of a request, such as a header. Pure but for the names. */
export function takeSecret(name: string, value: string, place: SecretPlace): TakenSecret | null {
  if (value === "" || PLACEHOLDER.test(value)) return null;
  const isNamed = SECRET_NAMES.test(spaced(name)) && !NOT_SECRET.test(name);
  if (!isNamed && !SECRET_VALUES.test(value)) return null;
  const [, scheme = ""] = /^(bearer|basic|token|digest)\s+/i.exec(value) ?? [];
  const secret = secretName(name, value.slice(scheme.length).trim(), place);
  return { value: `${scheme === "" ? "" : `${scheme} `}{{secret:${secret}}}`, secret };
}

/** `api.example.com` and `X-Api-Key` give `API_EXAMPLE_COM_API_KEY`, with a number behind it where that is another credential. */
export function secretName(name: string, value: string, { url, names }: SecretPlace): string {
  const what = /^(?:proxy-)?authorization$/i.test(name) ? "token" : name.replace(/^x-/i, "");
  const wanted = `${hostOf(url)}_${what}`
    .toUpperCase()
    .replace(/[^A-Z\d]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return names.nameOf({ wanted, origin: originOf(url), value });
}

type Kept = { readonly headers: readonly HttpHeader[]; readonly notes: readonly string[] };

/** Headers without the secrets in them. Pure. */
export function takeHeaderSecrets(headers: readonly HttpHeader[], place: SecretPlace): Kept {
  const notes: string[] = [];
  const kept = headers.map(({ name, value }) => {
    const taken = takeSecret(name, value, place);
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

/** A binding without the secrets in its request: none belongs in a file or in a session. Pure. */
export function takeBindingSecrets(
  binding: ToolBinding,
  names: SecretNames,
): { binding: ToolBinding; notes: readonly string[] } {
  if (binding.kind === "http") {
    const { request } = binding;
    const place = { url: request.url, names };
    const notes: string[] = [];
    const take: Take = (what, name, value) => {
      const taken = takeSecret(name, value, place);
      if (taken !== null) notes.push(takenNote(what, taken.secret));
      return taken?.value ?? null;
    };
    const address = takeAddressSecrets(request.url, take);
    const login = takeLogin(address.user, request.headers, place);
    notes.push(...login.notes);
    const kept = takeHeaderSecrets([...request.headers, ...login.headers], place);
    const body = request.body === null ? null : takeBodySecrets(request.body, take);
    return {
      binding: { ...binding, request: { ...request, url: address.url, headers: kept.headers, body } },
      notes: [...notes, ...kept.notes],
    };
  }
  if (binding.kind === "mcp" && binding.server.from === "person") {
    const { headers, notes } = takeHeaderSecrets(binding.server.headers, { url: binding.server.url, names });
    return { binding: { ...binding, server: { ...binding.server, headers } }, notes };
  }
  return { binding, notes: [] };
}

/** Takes a named value out: what takes its place, or null where it is no secret. */
type Take = (what: string, name: string, value: string) => string | null;

/**
 * The name and password before the host of an address (null = none) as the header that sends them, without them; no header
 * where the request has its own, which is sent in their place. `what`: where they stood, in a person's words.
 */
export function takeLogin(
  login: string | null,
  headers: readonly HttpHeader[],
  place: SecretPlace,
  what = "What stands before @ in the address",
): Kept {
  if (login === null) return { headers: [], notes: [] };
  if (PLACEHOLDER.test(login))
    return { headers: [{ name: "Authorization", value: `Basic ${login}` }], notes: [] };
  if (headers.some(({ name }) => /^authorization$/i.test(name)))
    return { headers: [], notes: [`${what} was left out: the header Authorization says who asks.`] };
  const sent = basicCredential(percentDecode(login));
  const secret = secretName("authorization", sent, place);
  return {
    headers: [{ name: "Authorization", value: `Basic {{secret:${secret}}}` }],
    notes: [takenNote(what, secret)],
  };
}

/** An address without the secrets in its query, and the name and password before its host; null where it has none. */
function takeAddressSecrets(url: string, take: Take): { readonly url: string; readonly user: string | null } {
  const [, scheme = "", user, rest = url] = /^(https?:\/\/)(?:([^/?#@]*)@)?([^]*)$/i.exec(url) ?? [];
  const [start = "", ...parts] = rest.split("?");
  const query = parts.length === 0 ? "" : `?${takePairs(parts.join("?"), "in the address", take)}`;
  return { url: `${scheme}${start}${query}`, user: user ?? null };
}

function takePairs(text: string, where: string, take: Take): string {
  return text
    .split("&")
    .map((pair) => {
      const at = pair.indexOf("=");
      if (at === -1) return pair;
      const name = percentDecode(pair.slice(0, at));
      const taken = take(`The value of ${name} ${where}`, name, percentDecode(pair.slice(at + 1)));
      return taken === null ? pair : `${pair.slice(0, at)}=${taken}`;
    })
    .join("&");
}

/** A body without the secrets that stand as members of its JSON or as pairs of its form. */
function takeBodySecrets(body: string, take: Take): string {
  const json = parseJson(body);
  if (!isObject(json)) return /^[^\s={}]+=\S*$/.test(body) ? takePairs(body, "in the body", take) : body;
  const taken = Object.entries(json).map(([name, value]) => {
    const secret = typeof value === "string" ? take(`The value of ${name} in the body`, name, value) : null;
    return { name, value, secret };
  });
  if (taken.every(({ secret }) => secret === null)) return body;
  return JSON.stringify(
    Object.fromEntries(taken.map(({ name, value, secret }) => [name, secret ?? value])),
    null,
    2,
  );
}

/** The host of an address that may hold placeholders. */
export function hostOf(url: string): string {
  return /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/:?#]*)/i.exec(url)?.[1] ?? "";
}

/** Scheme, host and port of an address, which may hold placeholders and a login. */
export function originOf(url: string): string {
  const [, scheme = "", authority = ""] = /^([a-z][a-z\d+.-]*):\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(url) ?? [];
  return `${scheme}://${authority}`.toLowerCase();
}

/** `apiKey` as `api-Key`, so that its words are seen. */
function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1-$2");
}
