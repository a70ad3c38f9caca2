import { parseJson } from "@/lib/stream/turn/json-read";
import { basicCredential } from "@/lib/tools/formats/basic-credential";
import { percentEncode } from "@/lib/tools/formats/percent";
import type { HttpHeader, HttpMethod } from "@/lib/tools/tool";

/** What a curl command sends, as far as a tool can send it. */
export type CurlRequest = {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: readonly HttpHeader[];
  /** The body, or the pieces of a form that it is made of; null = none. */
  readonly body: string | null;
  /** The body is the content of a file, which the command only names. */
  readonly isFile: boolean;
  readonly notes: readonly string[];
};

export type ReadCurl =
  | { readonly ok: true; readonly request: CurlRequest }
  | { readonly ok: false; readonly why: string };

/** What each option means, where it means something for the request. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  "-X": "method",
  "--request": "method",
  "-H": "header",
  "--header": "header",
  "-d": "data",
  "--data": "data",
  "--data-ascii": "data",
  "--data-binary": "data",
  "--data-raw": "raw",
  "--data-urlencode": "urlencode",
  "--url-query": "query",
  "--json": "json",
  "-u": "user",
  "--user": "user",
  "--oauth2-bearer": "bearer",
  "-A": "agent",
  "--user-agent": "agent",
  "-b": "cookie",
  "--cookie": "cookie",
  "-e": "referer",
  "--referer": "referer",
  "--url": "url",
  "-G": "get",
  "--get": "get",
  "-I": "head",
  "--head": "head",
  "-F": "form",
  "--form": "form",
  "-T": "form",
  "--upload-file": "form",
};
type Meaning =
  | "method"
  | "header"
  | "data"
  | "raw"
  | "urlencode"
  | "query"
  | "json"
  | "user"
  | "bearer"
  | "agent"
  | "cookie"
  | "referer"
  | "url"
  | "get"
  | "head"
  | "form";
const WITHOUT_VALUE = new Set<Meaning>(["get", "head"]);
/** Options about the connection and the output. Each takes a value, which means nothing here. */
const IGNORED_VALUES = new Set(
  (
    "-c -C -D -E -K -m -o -P -Q -r -t -U -w -x -y -Y -z --abstract-unix-socket --alt-svc --aws-sigv4 --cacert --capath " +
    "--cert --cert-type --ciphers --config --connect-timeout --connect-to --continue-at --cookie-jar --create-file-mode " +
    "--crlfile --curves --delegation --dns-interface --dns-ipv4-addr --dns-ipv6-addr --dns-servers --doh-url " +
    "--dump-header --ech --engine --etag-compare --etag-save --expect100-timeout --happy-eyeballs-timeout-ms " +
    "--haproxy-clientip --hsts --interface --ip-tos --keepalive-cnt --keepalive-time --key --key-type --limit-rate " +
    "--local-port --login-options --max-filesize --max-redirs --max-time --netrc-file --noproxy --output --output-dir " +
    "--parallel-max --pass --pinnedpubkey --preproxy --proto --proto-default --proto-redir --proxy --proxy-cacert " +
    "--proxy-cert --proxy-header --proxy-key --proxy-pass --proxy-service-name --proxy-user --pubkey --quote --range " +
    "--rate --request-target --resolve --retry --retry-delay --retry-max-time --service-name --socks4 --socks4a " +
    "--socks5 --socks5-hostname --speed-limit --speed-time --stderr --time-cond --tls-max --tls13-ciphers --trace " +
    "--trace-ascii --trace-config --unix-socket --variable --vlan-priority --write-out"
  ).split(" "),
);
const METHODS: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);

/** Reads the words of one curl command. Pure. */
export function curlRequest(words: readonly string[]): ReadCurl {
  const read = options(words.slice(1));
  if (!read.ok) return read;
  const { given, urls } = read;
  const values = (...meanings: readonly Meaning[]) =>
    given.filter(({ meaning }) => meanings.includes(meaning)).map(({ value }) => value);
  const [url, ...more] = [...values("url"), ...urls];
  if (url === undefined) return { ok: false, why: "The command names no address." };
  if (values("form").length > 0)
    return { ok: false, why: "It sends files or a form of parts, which an HTTP tool can't." };
  const isGet = values("get").length > 0;
  const data = dataOf(given);
  const hasFile = given.some(isFile);
  const hasBody = data !== null || hasFile;
  const hasJson = values("json").length > 0;
  const method = (
    values("method").at(-1) ?? (values("head").length > 0 ? "HEAD" : !hasBody || isGet ? "GET" : "POST")
  ).toUpperCase();
  if (!isMethod(method)) return { ok: false, why: `An HTTP tool can't send ${method.slice(0, 20)}.` };
  // Who sends JSON means JSON, although curl names it a form where nothing else is given.
  const isJson =
    hasJson ||
    (data === null
      ? given.some((each) => isFile(each) && /\.json$/i.test(each.value))
      : /^\s*[[{]/.test(data) && parseJson(data) !== undefined);
  const headers = headersOf(given, isJson, hasBody && !isGet);
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  const query = [...values("query").map(encoded), ...(isGet && data !== null ? [data] : [])].join("&");
  return {
    ok: true,
    request: {
      method,
      url: query === "" ? address : `${address}${address.includes("?") ? "&" : "?"}${query}`,
      headers,
      body: isGet ? null : data,
      isFile: !isGet && data === null && hasFile,
      notes: [
        ...(more.length > 0 ? ["Only the first address of the command is used."] : []),
        ...(hasFile && (isGet || data !== null) ? ["What is read from a file is left out."] : []),
        ...(values("header").some((value) => value.startsWith("@"))
          ? ["Headers that are read from a file are left out."]
          : []),
      ],
    },
  };
}

type Given = { readonly meaning: Meaning; readonly value: string };
type Options =
  | { readonly ok: true; readonly given: readonly Given[]; readonly urls: readonly string[] }
  | { readonly ok: false; readonly why: string };

function options(words: readonly string[]): Options {
  const given: Given[] = [];
  const urls: string[] = [];
  const waiting = [...words];
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    if (!word.startsWith("-") || word === "-") {
      urls.push(word);
      continue;
    }
    const [, long, after] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? [];
    const name = long ?? (word.startsWith("--") ? word : word.slice(0, 2));
    // "-XPOST" holds its value, "-sSL" are three options.
    const rest = after ?? (word.startsWith("--") || word.length === 2 ? undefined : word.slice(2));
    const meaning = MEANINGS[name];
    if (meaning !== undefined && !WITHOUT_VALUE.has(meaning)) {
      const value = rest ?? waiting.shift();
      if (value === undefined) return { ok: false, why: `${name} has no value.` };
      given.push({ meaning, value });
      continue;
    }
    if (meaning !== undefined) given.push({ meaning, value: "" });
    if (IGNORED_VALUES.has(name)) {
      if (rest === undefined) waiting.shift();
    } else if (rest !== undefined && after === undefined) waiting.unshift(`-${rest}`);
  }
  return { ok: true, given, urls };
}

/** `@file`, and `name@file` of a value that is encoded. */
function isFile({ meaning, value }: Given): boolean {
  if (meaning === "urlencode") return /^[^=@]*@/.test(value);
  return (meaning === "data" || meaning === "json") && value.startsWith("@");
}

function dataOf(given: readonly Given[]): string | null {
  const pieces = given.flatMap((each) => {
    const { meaning, value } = each;
    if (isFile(each)) return [];
    if (meaning === "data" || meaning === "raw" || meaning === "json") return [value];
    return meaning === "urlencode" ? [encoded(value)] : [];
  });
  if (pieces.length === 0) return null;
  return pieces.join(given.some(({ meaning }) => meaning === "json") ? "" : "&");
}

/** `name=value` encodes the value; a value alone is encoded whole. */
function encoded(value: string): string {
  const at = value.indexOf("=");
  const name = at === -1 ? "" : value.slice(0, at);
  const rest = value.slice(at + 1);
  const safe = /^\{\{[^{}]*\}\}$/.test(rest) ? rest : percentEncode(rest);
  return name === "" ? safe : `${name}=${safe}`;
}

function headersOf(given: readonly Given[], isJson: boolean, hasBody: boolean): readonly HttpHeader[] {
  const headers: HttpHeader[] = given.flatMap(({ meaning, value }): HttpHeader[] => {
    switch (meaning) {
      case "header": {
        const [, name = "", text = ""] = /^([^:]+):\s*(.*)$/s.exec(value) ?? [];
        return name === "" ? [] : [{ name: name.trim(), value: text.trim() }];
      }
      case "user":
        return [{ name: "Authorization", value: `Basic ${basicCredential(value)}` }];
      case "bearer":
        return [{ name: "Authorization", value: `Bearer ${value}` }];
      case "agent":
        return [{ name: "User-Agent", value }];
      case "cookie":
        return [{ name: "Cookie", value }];
      case "referer":
        return [{ name: "Referer", value }];
      case "method":
      case "data":
      case "raw":
      case "urlencode":
      case "query":
      case "json":
      case "url":
      case "get":
      case "head":
      case "form":
        return [];
    }
  });
  const has = (name: string) => headers.some((header) => header.name.toLowerCase() === name);
  if (hasBody && !has("content-type"))
    headers.push({
      name: "Content-Type",
      value: isJson ? "application/json" : "application/x-www-form-urlencoded",
    });
  // These belong to the connection, which is another one each time.
  return headers.filter(
    ({ name }) => !/^(?:host|content-length|connection|accept-encoding|transfer-encoding|:.*)$/i.test(name),
  );
}

function isMethod(method: string): method is HttpMethod {
  return METHODS.has(method);
}
