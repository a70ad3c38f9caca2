import { type AddressSecrets, readBaseUrl } from "@/lib/providers/base-url";

export type CheckedUrl =
  /** `baseUrl` holds no secret. `hint` is what became of what was typed, or something to look at; null = nothing. */
  | {
      readonly ok: true;
      readonly baseUrl: string;
      readonly secrets: AddressSecrets;
      readonly hint: string | null;
    }
  | { readonly ok: false; readonly message: string };

/** Reads the address of a person's own server. The server decides again whether it may be reached. Pure. */
export function checkEndpointUrl(typed: string): CheckedUrl {
  const text = typed.trim();
  if (text === "") return refuse("Type the server's address, such as http://192.168.1.20:8080/v1.");
  const read = readBaseUrl(withScheme(text));
  if (!read.ok) {
    const scheme = text.slice(0, text.indexOf(":"));
    return refuse(
      read.code === "NOT_HTTP"
        ? `Use http or https, not ${scheme}.`
        : "This is not an address. It looks like http://192.168.1.20:8080/v1.",
    );
  }
  const { baseUrl, secrets, notes } = read;
  const hints = [
    ...notes,
    ...(isEmpty(secrets) ? [] : ["The secret part is kept like a key: in this tab's memory only."]),
    ...(new URL(baseUrl).pathname === "/"
      ? ["Most servers answer under /v1, so Vitrine tries that too."]
      : []),
  ];
  return { ok: true, baseUrl, secrets, hint: hints.join(" ") || null };
}

/** Whether what a person typed in a search field is meant as an address. Pure. */
export function looksLikeUrl(typed: string): boolean {
  const text = typed.trim();
  return (
    /^https?:\/\/\S+$/iu.test(text) ||
    /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]+\]|[\w-]+(?:\.[\w-]+)+):\d{2,5}(?:\/\S*)?$/iu.test(text)
  );
}

function withScheme(text: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `http://${text}`;
}

function isEmpty({ login, query }: AddressSecrets): boolean {
  return login === null && query === "";
}

function refuse(message: string): CheckedUrl {
  return { ok: false, message };
}
