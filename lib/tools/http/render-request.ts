/** A request from its template and the arguments of a call. Pure. */
import type { HttpHeader, HttpMethod, HttpTemplate } from "@/lib/tools/tool";

import { fillBody } from "./fill-body";
import { type Values, fill, isLeftOut, isOptional, placeholdersIn, secretOf, valueOf } from "./placeholders";

export type RenderedRequest = {
  readonly method: HttpMethod;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** null = none */
  readonly body: string | null;
};

export type Rendered =
  | { readonly ok: true; readonly request: RenderedRequest }
  | { readonly ok: false; readonly message: string };

/** Where a template sends its request and which secrets it wants: both are known before any argument is. */
export type TemplateFacts =
  | { readonly ok: true; readonly origin: string; readonly secrets: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** The host is written out in the template, so that no argument decides where a request goes. */
export function readTemplate({ url, headers, body }: HttpTemplate): TemplateFacts {
  const address = splitAddress(url);
  if (!address.ok) return address;
  const texts = [url, ...headers.map(({ value }) => value), body ?? ""];
  const secrets = texts.flatMap(placeholdersIn).flatMap((name) => secretOf(name) ?? []);
  return { ok: true, origin: address.origin, secrets: [...new Set(secrets)] };
}

/** Fills a template in. No value can add a header, a parameter, a step of the path or another host. */
export function renderRequest(template: HttpTemplate, values: Values): Rendered {
  const address = splitAddress(template.url);
  if (!address.ok) return address;
  const texts = [template.url, ...template.headers.map(({ value }) => value), template.body ?? ""];
  const missing = [...new Set(texts.flatMap(placeholdersIn))].filter(
    (name) => !isOptional(name) && valueOf(name, values) === undefined,
  );
  if (missing.length > 0) return failed(missingMessage(missing));
  const url = renderAddress(address, values);
  if (!url.ok) return url;
  const headers = renderHeaders(template.headers, values);
  if (!headers.ok) return headers;
  const { method } = template;
  if (template.body === null) return rendered({ method, url: url.text, headers: headers.all, body: null });
  if (method === "GET") return failed("A GET request has no body. Use POST, or remove the body.");
  const body = fillBody(template.body, headers.all.get("content-type") ?? null, values);
  if (!body.ok) return body;
  return rendered({
    method,
    url: url.text,
    headers: new Map(headers.all).set("content-type", body.contentType),
    body: body.body,
  });
}

function rendered(request: RenderedRequest): Rendered {
  return { ok: true, request };
}

function failed(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

type Address = {
  readonly ok: true;
  readonly origin: string;
  readonly path: string;
  /** Without its question mark; null = none. */
  readonly query: string | null;
};

function splitAddress(url: string): Address | { readonly ok: false; readonly message: string } {
  const bare = url.trim();
  const [, start = "", host = "", path = "", query] =
    /^(https?:\/\/)([^/?#]*)((?:\{\{[^{}]*\}\}|[^?#])*)(?:\?((?:\{\{[^{}]*\}\}|[^#])*))?/iu.exec(bare) ?? [];
  if (start === "") {
    return failed(
      "The address of the request must begin with http:// or https:// and a host. Arguments may stand in its path and its query only.",
    );
  }
  if (host.includes("{{"))
    return failed(
      "The host of the address must be written out. Arguments may stand in its path and its query only.",
    );
  if (host.includes("@"))
    return failed("The address contains a user name or a password. Send these in a header.");
  // A URL parser drops or turns some of these, and then reads another host than a person does.
  if (/[\s\\\p{Cc}]/u.test(bare.replaceAll(/\{\{[^{}]*\}\}/gu, "")))
    return failed("The address of the request contains a space, a line break or a backslash.");
  if (!URL.canParse(`${start}${host}`))
    return failed(`The address of the request is not a URL: ${start}${host}`);
  return { ok: true, origin: new URL(`${start}${host}`).origin, path, query: query ?? null };
}

type RenderedText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

function renderAddress({ origin, path, query }: Address, values: Values): RenderedText {
  const segments: string[] = [];
  try {
    for (const template of path.split("/")) {
      const segment = fill(template, values, encodeURIComponent);
      const names = placeholdersIn(template);
      if (names.length > 0 && movesPath(segment))
        return failed(
          `${quotedNames(names)} would change the path of the request, because it is "${decodeURIComponent(segment)}".`,
        );
      segments.push(segment);
    }
    const pairs = (query ?? "")
      .split("&")
      .filter((pair) => !isLeftOut(pair.slice(pair.indexOf("=") + 1), values));
    const rest = pairs.join("&") === "" ? "" : `?${fill(pairs.join("&"), values, encodeURIComponent)}`;
    const text = `${origin}${segments.join("/")}${rest}`;
    const url = new URL(text);
    return url.origin === origin
      ? { ok: true, text: url.href }
      : failed("The address leads to another host.");
  } catch {
    return failed("An argument contains half a character, which no address can hold.");
  }
}

/** An empty step, "." and ".." ask for something else than the template says; some servers read an encoded slash as one. */
function movesPath(segment: string): boolean {
  const steps = decodeURIComponent(segment).split(/[/\\]/u);
  return segment === "" || steps.some((step) => step === "." || step === "..");
}

/** What the connection itself needs, and what would go to a proxy. */
const OURS =
  /^(?:host|connection|content-length|transfer-encoding|keep-alive|te|trailer|upgrade|expect|accept-encoding|proxy-.*)$/u;

/** Why a header cannot have this name; null = it can. */
export function headerNameProblem(name: string): string | null {
  const key = name.trim().toLowerCase();
  if (!/^[\w!#$%&'*+.^`|~-]+$/u.test(key)) return `"${name}" is not the name of a header.`;
  return OURS.test(key) ? `The header "${name}" is set by Vitrine itself. Remove it from the tool.` : null;
}

function renderHeaders(
  headers: readonly HttpHeader[],
  values: Values,
):
  | { readonly ok: true; readonly all: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly message: string } {
  const all = new Map<string, string>();
  for (const { name, value } of headers) {
    if (isLeftOut(value, values)) continue;
    const key = name.trim().toLowerCase();
    const problem = headerNameProblem(name);
    if (problem !== null) return failed(problem);
    const text = fill(value, values, (written) => written).trim();
    if (/[^\t\u0020-\u007E\u0080-\u00FF]/u.test(text)) {
      return failed(
        `The header "${name}" would contain a line break or another character that no header can hold. Send that argument in the body or in the address.`,
      );
    }
    const before = all.get(key);
    all.set(key, before === undefined ? text : `${before}, ${text}`);
  }
  return { ok: true, all };
}

function missingMessage(missing: readonly string[]): string {
  const [secrets, args] = [
    missing.filter((name) => secretOf(name) !== null),
    missing.filter((name) => secretOf(name) === null),
  ];
  if (args.length === 0) return `The server has no ${quotedNames(secrets)}.`;
  return args.length === 1
    ? `The argument ${quotedNames(args)} is missing, and the request needs it.`
    : `The arguments ${quotedNames(args)} are missing, and the request needs them.`;
}

function quotedNames(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
