import type { Environment } from "@/lib/server/environment";
import { grantSecrets } from "@/lib/server/tools/tool-secrets";
import { fill, placeholdersIn, secretOf } from "@/lib/tools/http/placeholders";
import type { HttpHeader } from "@/lib/tools/tool";

export type FilledHeaders =
  | {
      readonly ok: true;
      readonly headers: Readonly<Record<string, string>>;
      /** What was filled in: overwritten in whatever comes back. */
      readonly secrets: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/** Headers that the protocol and the connection set themselves. */
const RESERVED =
  /^(?:accept|accept-encoding|connection|content-length|content-type|cookie|expect|host|keep-alive|last-event-id|mcp-.*|origin|proxy-.*|te|trailer|transfer-encoding|upgrade)$/iu;

/** A person's own headers for the server at `url`, with `{{secret:NAME}}` filled in. Pure. */
export function fillHeaders(
  headers: readonly HttpHeader[],
  url: string,
  variables: Environment,
): FilledHeaders {
  const names = headers.flatMap(({ value }) => placeholdersIn(value)).flatMap((name) => secretOf(name) ?? []);
  const granted = grantSecrets([...new Set(names)], new URL(url).origin, variables);
  if (!granted.ok) return granted;
  const filled: Record<string, string> = {};
  for (const { name, value } of headers) {
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/u.test(name))
      return refuse(`"${name}" can't be the name of a header. Use letters, digits and hyphens.`);
    if (RESERVED.test(name)) return refuse(`The header ${name} is set by the protocol. Remove it.`);
    const unknown = placeholdersIn(value).find((placeholder) => secretOf(placeholder) === null);
    if (unknown !== undefined)
      return refuse(`The header ${name} names "${unknown}". Only secrets can be filled in: {{secret:NAME}}.`);
    const text = fill(value, { args: {}, secrets: granted.secrets }, (secret) => secret);
    if (!/^[\t\x20-\x7e]*$/u.test(text))
      return refuse(`The header ${name} holds a character that no header may have.`);
    filled[name.toLowerCase()] = text;
  }
  return { ok: true, headers: filled, secrets: [...granted.secrets.values()] };
}

function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
