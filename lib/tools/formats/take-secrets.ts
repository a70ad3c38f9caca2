import { isObject, parseJson } from "@/lib/stream/turn/json-read";
import type { HttpHeader, ToolBinding } from "@/lib/tools/tool";

import { percentDecode } from "./percent";

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

/** A binding without the secrets in its request: none belongs in a file or in a session. Pure. */
export function takeBindingSecrets(binding: ToolBinding): { binding: ToolBinding; notes: readonly string[] } {
  if (binding.kind === "http") {
    const { request } = binding;
    const host = hostOf(request.url);
    const notes: string[] = [];
    const take: Take = (what, name, value) => {
      const taken = takeSecret(name, value, host);
      if (taken !== null) notes.push(takenNote(what, taken.secret));
      return taken?.value ?? null;
    };
    const address = takeAddressSecrets(request.url, take);
    const own = request.headers.some(({ name }) => /^authorization$/i.test(name)) ? null : address.user;
    const passed = own === null ? [] : [{ name: "Authorization", value: `Basic ${own}` }];
    const kept = takeHeaderSecrets([...request.headers, ...passed], host);
    const body = request.body === null ? null : takeBodySecrets(request.body, take);
    return {
      binding: { ...binding, request: { ...request, url: address.url, headers: kept.headers, body } },
      notes: [...notes, ...kept.notes],
    };
  }
  if (binding.kind === "mcp" && binding.server.from === "person") {
    const { headers, notes } = takeHeaderSecrets(binding.server.headers, hostOf(binding.server.url));
    return { binding: { ...binding, server: { ...binding.server, headers } }, notes };
  }
  return { binding, notes: [] };
}

/** Takes a named value out: what takes its place, or null where it is no secret. */
type Take = (what: string, name: string, value: string) => string | null;

/** An address without the secrets in its query, and what stands for the name and password before its host. */
function takeAddressSecrets(url: string, take: Take): { readonly url: string; readonly user: string | null } {
  const [, scheme = "", user, rest = url] = /^(https?:\/\/)(?:([^/?#@]*)@)?([^]*)$/i.exec(url) ?? [];
  const [start = "", ...parts] = rest.split("?");
  const query = parts.length === 0 ? "" : `?${takePairs(parts.join("?"), "in the address", take)}`;
  const found =
    user === undefined ? null : take("What stands before @ in the address", "authorization", user);
  return { url: `${scheme}${start}${query}`, user: found };
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

/** `apiKey` as `api-Key`, so that its words are seen. */
function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1-$2");
}
