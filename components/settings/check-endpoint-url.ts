export type CheckedUrl =
  /** `baseUrl` has no trailing slash and no `/chat/completions`. `hint` is something to look at, or null. */
  | { readonly ok: true; readonly baseUrl: string; readonly hint: string | null }
  | { readonly ok: false; readonly message: string };

/** Reads the address of a person's own server. The server decides again whether it may be reached. Pure. */
export function checkEndpointUrl(typed: string): CheckedUrl {
  const text = typed.trim();
  if (text === "") return refuse("Type the server's address, such as http://192.168.1.20:8080/v1.");
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  // A URL would take blanks and write them as %20: whoever typed them meant something else.
  if (/\s/u.test(text) || !URL.canParse(full))
    return refuse("This is not an address. It looks like http://192.168.1.20:8080/v1.");
  const url = new URL(full);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return refuse(`Use http or https, not ${url.protocol.slice(0, -1)}.`);
  }
  if (url.username !== "" || url.password !== "") {
    return refuse("Put the key in its own field: an address with a password would be saved.");
  }
  if (url.search !== "" || url.hash !== "") return refuse("Leave out everything from ? or # on.");
  const path = url.pathname.replace(/\/+$/u, "").replace(/\/(chat\/completions|models)$/u, "");
  const hint = path === "" ? "Most servers answer under /v1." : null;
  return { ok: true, baseUrl: `${url.origin}${path}`, hint };
}

function refuse(message: string): CheckedUrl {
  return { ok: false, message };
}
