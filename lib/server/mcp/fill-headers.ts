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

/** A person's own headers for the server at `url`, with `{{secret:NAME}}` filled in. Pure but for the secrets. */
export function fillHeaders(headers: readonly HttpHeader[], url: string): FilledHeaders {
  const filled: Record<string, string> = {};
  const secrets: string[] = [];
  for (const { name, value } of headers) {
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/u.test(name))
      return refuse(`"${name}" can't be the name of a header. Use letters, digits and hyphens.`);
    if (RESERVED.test(name)) return refuse(`The header ${name} is set by the protocol. Remove it.`);
    const text = fillSecrets(value, url);
    if (!text.ok) return text;
    if (!/^[\t\x20-\x7e]*$/u.test(text.text))
      return refuse(`The header ${name} holds a character that no header may have.`);
    filled[name.toLowerCase()] = text.text;
    secrets.push(...text.secrets);
  }
  return { ok: true, headers: filled, secrets };
}

type Filled =
  | { readonly ok: true; readonly text: string; readonly secrets: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** No secret is listed by the configuration yet. */
function fillSecrets(text: string, url: string): Filled {
  const [, name] = /\{\{secret:([^}]*)\}\}/u.exec(text) ?? [];
  if (name === undefined) return { ok: true, text, secrets: [] };
  return refuse(
    `The secret ${name} is not one that this server's configuration lists for ${new URL(url).origin}.`,
  );
}

function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
