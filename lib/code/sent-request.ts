/** A request as it was sent, and what a program needs to know of it beyond its bytes. */
import type { Provider, Speech } from "@/lib/providers/provider";
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isObject, listAt, parseJson, textAt } from "@/lib/stream/turn/json-read";

export type SentRequest = {
  readonly url: string;
  /** The body as sent, as JSON text. */
  readonly request: string;
  /** How it was written. */
  readonly speech: Speech;
  /** null where this version of Vitrine does not know it. */
  readonly provider: Provider | null;
  /** Whether it went to a server that a person added, where the provider's own key does not belong. */
  readonly isOwnServer: boolean;
};

/** The variable of the environment in which a program finds the key. */
export type KeySource = {
  readonly variable: string;
  /** Without it the server answers too, as far as Vitrine knows. */
  readonly isOptional: boolean;
};

/** Where a program finds the key; null where the server takes none. */
export function keySourceOf({ provider, isOwnServer }: SentRequest): KeySource | null {
  if (isOwnServer || provider === null) return { variable: "MODEL_API_KEY", isOptional: true };
  if (provider.keyEnv === null) return null;
  return { variable: provider.keyEnv, isOptional: provider.location.kind === "local" };
}

/** The body of a request; null where it is not a JSON object. */
export function bodyOf({ request }: SentRequest): JsonObject | null {
  return asObject(parseJson(request));
}

export type SplitAddress = { readonly base: string; readonly query: JsonObject };

/** The address before `tail`, and its query by names; null where it does not end so, or names something twice. */
export function splitAddress(address: string, tail: RegExp): SplitAddress | null {
  if (!URL.canParse(address)) return null;
  const { origin, pathname, searchParams } = new URL(address);
  const at = pathname.search(tail);
  if (at === -1 || new Set(searchParams.keys()).size !== [...searchParams.keys()].length) return null;
  return { base: `${origin}${pathname.slice(0, at)}`, query: Object.fromEntries(searchParams) };
}

/** A tool that a request offers and whose calls a program answers. */
export type OfferedTool = { readonly name: string; readonly description: string };

/** The tools of a request in whichever dialect, each name once, without those that the provider runs itself. */
export function offeredTools(body: JsonObject): readonly OfferedTool[] {
  const offered = (listAt(body, "tools") ?? []).flatMap(toolsIn);
  return [...new Map(offered.map((tool) => [tool.name, tool])).values()];
}

function toolsIn(item: Json): readonly OfferedTool[] {
  if (!isObject(item)) return [];
  const declared = listAt(item, "functionDeclarations");
  if (declared !== null) return declared.flatMap(toolsIn);
  const type = textAt(item, "type");
  if (type !== null && type !== "function" && type !== "custom") return [];
  const tool = asObject(item["function"]) ?? item;
  const name = textAt(tool, "name");
  return name === null ? [] : [{ name, description: textAt(tool, "description") ?? "" }];
}

/** Fields that a library has a name for, and the others. */
export function splitFields(
  fields: JsonObject,
  known: ReadonlySet<string>,
): { readonly named: JsonObject; readonly others: JsonObject } {
  const entries = Object.entries(fields);
  return {
    named: Object.fromEntries(entries.filter(([name]) => known.has(name))),
    others: Object.fromEntries(entries.filter(([name]) => !known.has(name))),
  };
}

/** Whether a text holds half a character, which JSON can write and UTF-8 cannot. */
export function hasHalfCharacter(request: string): boolean {
  return /\p{Surrogate}/u.test(request) || /(?<!\\)(?:\\\\)*\\ud[89a-f]/i.test(request);
}

/** Names for functions, one for each tool, all different. */
export function functionNames(
  tools: readonly OfferedTool[],
  nameFor: (words: readonly string[]) => string,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { name } of tools) {
    const plain = nameFor(name.slice(0, MOST_OF_NAME).match(/[a-z0-9]+/gi) ?? ["tool"]);
    let free = plain;
    for (let count = 2; taken.has(free); count += 1) free = `${plain}_${String(count)}`;
    taken.add(free);
    names.set(name, free);
  }
  return names;
}

const MOST_OF_NAME = 60;
