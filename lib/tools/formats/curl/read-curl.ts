import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { isObject, parseJson } from "@/lib/stream/turn/json-read";
import type { Taken, TakenItems } from "@/lib/tools/formats/item";
import { percentDecode, percentEncode } from "@/lib/tools/formats/percent";
import { newSecretNames, type SecretNames } from "@/lib/tools/formats/secret-names";
import {
  hostOf,
  takeHeaderSecrets,
  takeLogin,
  takenNote,
  takeSecret,
} from "@/lib/tools/formats/take-secrets";
import { legalName } from "@/lib/tools/free-name";
import type { HttpTemplate } from "@/lib/tools/tool";

import { type NewArguments, newArguments } from "./arguments";
import { type CurlRequest, curlRequest } from "./curl-request";
import { shellCommands } from "./shell-words";

/** Lines that say something about the command may stand before it. */
const START = /^(?:\s*#[^\n]*\n)*\s*(?:\$\s+)?curl(?:\.exe)?(?:\s|$)/;
const MOST_COMMANDS = 100;

/** Whether a text begins with a curl command. */
export function isCurl(text: string): boolean {
  return START.test(text);
}

/** The request to a model that a text is, where it is one curl command that sends one as JSON; null = it is not. */
export function modelRequest(text: string): JsonObject | null {
  const [command, ...others] = commandsIn(text);
  if (command === undefined || others.length > 0) return null;
  const read = curlRequest(command);
  const sent = read.ok && read.request.body !== null ? parseJson(read.request.body) : undefined;
  // Chat completions and Anthropic, Responses, Gemini.
  const isOne = isObject(sent) && ["messages", "input", "contents"].some((key) => key in sent);
  return isOne ? sent : null;
}

function commandsIn(text: string): readonly (readonly string[])[] {
  return shellCommands(text)
    .map((words) => (words[0] === "$" ? words.slice(1) : words))
    .filter(([first]) => first === "curl" || first === "curl.exe");
}

/**
 * Reads curl commands as tools that send what they send: what the address asks and the body holds become arguments, with
 * types guessed from their values; keys and passwords become secrets to be configured. Pure.
 */
export function readCurl(text: string): TakenItems {
  const commands = commandsIn(text);
  const names = newSecretNames(text);
  const items = commands
    .slice(0, MOST_COMMANDS)
    .map((words, index) => readCommand(words, `/${String(index)}`, names));
  const notes = [
    "Names and types are guessed from what the command sends.",
    ...(commands.length > MOST_COMMANDS
      ? [`Only the first ${String(MOST_COMMANDS)} commands are read.`]
      : []),
  ];
  return { format: "curl", items, notes };
}

function readCommand(words: readonly string[], pointer: string, names: SecretNames): Taken {
  const read = curlRequest(words);
  if (!read.ok) return { why: read.why, name: null };
  const { request } = read;
  const address = readAddress(request.url);
  if (address === null) return { why: "Its address can't be read.", name: null };
  const place = { url: address.origin, names };
  const args = newArguments();
  const notes: string[] = [...request.notes];
  const secret = (what: string, name: string, value: string): string | null => {
    const taken = takeSecret(name, value, place);
    if (taken !== null) notes.push(takenNote(what, taken.secret));
    return taken?.value ?? null;
  };
  const login = takeLogin(address.user, request.headers, place);
  notes.push(...login.notes);
  const headers = takeHeaderSecrets([...request.headers, ...login.headers], place);
  notes.push(...headers.notes);
  const path = address.path.replace(
    /\{\{?([\w-]+)\}?\}|(?<=\/):([a-z]\w*)/gi,
    (_all, braced?: string, colon?: string) => args.add(braced ?? colon ?? "", { type: "string" }),
  );
  const query = address.query.map(([name, value]) => {
    const kept = secret(`The value of ${name} in the address`, name, value) ?? args.value(name, value);
    return `${percentEncode(name)}=${kept}`;
  });
  const template: HttpTemplate = {
    method: request.method,
    url: `${address.origin}${path}${query.length === 0 ? "" : `?${query.join("&")}`}`,
    headers: headers.headers,
    body: request.isFile ? fileBody(request, args) : readBody(request, args.value, args.json, secret),
  };
  const name = legalName(nameFor(request.method, address.path, address.host)) || "request";
  return {
    pointer,
    isNamedHere: true,
    item: {
      format: "curl",
      value: {
        name,
        description: `${request.method} ${address.host}${address.path}`,
        parameters: args.schema(),
      },
      extra: { binding: { kind: "http", request: template } },
      notes,
    },
  };
}

type Address = {
  readonly origin: string;
  readonly host: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly user: string | null;
};

/** Takes an address apart by hand: a template is not yet one that `URL` reads. */
function readAddress(url: string): Address | null {
  const [, scheme, authority, path = "", query = ""] =
    /^(https?):\/\/([^/?#\s]+)([^?#\s]*)(?:\?([^#]*))?/i.exec(url) ?? [];
  if (scheme === undefined || authority === undefined) return null;
  const at = authority.lastIndexOf("@");
  const host = authority.slice(at + 1);
  return {
    origin: `${scheme.toLowerCase()}://${host}`,
    host: hostOf(`http://${host}`),
    path: path === "" ? "/" : path,
    query: pairs(query),
    user: at === -1 ? null : authority.slice(0, at),
  };
}

function pairs(text: string): (readonly [string, string])[] {
  return text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      return at === -1 ? [decoded(pair), ""] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
    });
}

/** In a form, a plus stands for a space. */
function decoded(text: string): string {
  return percentDecode(text.replaceAll("+", " "));
}

type PutValue = (name: string, value: string) => string;
type PutJson = (name: string, value: Json) => string;
type Secret = (what: string, name: string, value: string) => string | null;

/** The content of a file that nobody has here: all of the body is one argument. */
function fileBody({ headers }: CurlRequest, args: NewArguments): string {
  const type = headers.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? "";
  const isJson = /\bjson\b/i.test(type);
  const body = args.add("body", { ...(isJson ? {} : { type: "string" }), description: "The whole body" });
  return isJson ? JSON.stringify(body) : body;
}

function readBody(
  { body, headers }: CurlRequest,
  put: PutValue,
  putJson: PutJson,
  secret: Secret,
): string | null {
  if (body === null || body === "") return null;
  const json = parseJson(body);
  if (isObject(json)) return JSON.stringify(bodyFields(json, putJson, secret), null, 2);
  if (json !== undefined && typeof json === "object") return JSON.stringify(putJson("body", json));
  const type = headers.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? "";
  if (/x-www-form-urlencoded/i.test(type) && /^[^=\s{]+=/.test(body))
    return pairs(body)
      .map(
        ([name, value]) =>
          `${name}=${secret(`The value of ${name} in the body`, name, value) ?? put(name, value)}`,
      )
      .join("&");
  return put("body", body);
}

function bodyFields(json: JsonObject, putJson: PutJson, secret: Secret): JsonObject {
  return Object.fromEntries(
    Object.entries(json).map(([name, value]): [string, Json] => [
      name,
      (typeof value === "string" ? secret(`The value of ${name} in the body`, name, value) : null) ??
        putJson(name, value),
    ]),
  );
}

/** The word of a host that names its site: "example" of api.example.com, all of it where it is an address. */
function siteOf(host: string): string {
  const name = host.replace(/:\d+$/, "");
  const labels = name.split(".");
  return /^[\d.]+$|:/.test(name) ? name : (labels.at(-2) ?? name);
}

/** The method and the last word of the path that is no number and no version; of the host where it has none. */
function nameFor(method: string, path: string, host: string): string {
  const words = path
    .split("/")
    .filter((word) => /^[a-z][\w.-]*$/i.test(word) && !/^(?:v\d+|api|[\da-f]{8,})$/i.test(word));
  const word = (words.at(-1) ?? "").replace(/\.\w+$/, "");
  return `${method.toLowerCase()}_${word === "" ? siteOf(host) : word}`;
}
