/** Reads what a person typed for an MCP server. What is saved holds no secret. Pure. */
import { readBaseUrl } from "@/lib/providers/base-url";
import type { HttpHeader } from "@/lib/tools/tool";

type Refused = { readonly ok: false; readonly message: string };

/** The server decides again whether the address may be reached. `taken` = addresses of other servers. */
export function readMcpAddress(
  typed: string,
  taken: readonly string[],
): { readonly ok: true; readonly url: string } | Refused {
  const text = typed.trim();
  if (text === "") return refuse("Type the server's address, such as https://mcp.example/mcp.");
  const read = readBaseUrl(/^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `http://${text}`);
  if (!read.ok)
    return refuse(
      read.code === "NOT_HTTP"
        ? "Only http and https addresses can be added here. Programs are named in vitrine.mcp.json."
        : "This is not an address. It looks like https://mcp.example/mcp.",
    );
  if (read.secrets.login !== null || read.secrets.query !== "")
    return refuse(
      "The address contains a secret, which can't be saved. Paste it as the token, or use a header.",
    );
  // Not the base URL: every character of the path counts.
  const url = new URL(/^https?:\/\//iu.test(text) ? text : `http://${text}`);
  url.hash = "";
  if (taken.includes(url.href)) return refuse("Another of your servers has this address.");
  return { ok: true, url: url.href };
}

const SECRET_NAME = /auth|key|token|secret|password|credential/iu;
const PLACEHOLDER = /\{\{\s*secret:[^}]+\}\}/u;

/** Rows without a name and a value are left out. */
export function readMcpHeaders(
  rows: readonly HttpHeader[],
): { readonly ok: true; readonly headers: readonly HttpHeader[] } | Refused {
  const headers = rows
    .map(({ name, value }) => ({ name: name.trim(), value: value.trim() }))
    .filter(({ name, value }) => name !== "" || value !== "");
  const nameless = headers.find(({ name }) => !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/u.test(name));
  if (nameless !== undefined)
    return refuse(`"${nameless.name}" can't be the name of a header. Use letters, digits and hyphens.`);
  const secret = headers.find(({ name, value }) => SECRET_NAME.test(name) && !PLACEHOLDER.test(value));
  if (secret !== undefined)
    return refuse(
      `The header ${secret.name} looks like a secret, which can't be saved. Write {{secret:NAME}}, or paste it as the token.`,
    );
  return { ok: true, headers };
}

function refuse(message: string): Refused {
  return { ok: false, message };
}
