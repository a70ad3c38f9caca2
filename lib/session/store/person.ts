/** What belongs to a person and not to one session: tools, sets of them, and servers. Pure. */
import type { LaneSetup } from "@/lib/providers/provider";
import { canonicalJson } from "@/lib/stream/turn/canonical-json";
import { sampleTools } from "@/lib/tools/samples";
import type { ToolDefinition } from "@/lib/tools/tool";
import type { ToolSet } from "@/lib/tools/tool-set";

import type { Endpoint, McpServer, Session, TurnRecord } from "./session";

/** The person's lists, in the order in which things were added. Keys are never here. */
export type Person = {
  readonly tools: readonly ToolDefinition[];
  readonly toolSets: readonly ToolSet[];
  readonly endpoints: readonly Endpoint[];
  readonly mcpServers: readonly McpServer[];
};

/** What a person has at the first visit. */
export const FIRST_PERSON: Person = { tools: sampleTools, toolSets: [], endpoints: [], mcpServers: [] };

/** Adds a tool, or replaces the one with the same id in its place. */
export function withTool(person: Person, tool: ToolDefinition): Person {
  return { ...person, tools: withEntry(person.tools, tool, ({ id }) => id === tool.id) };
}

/** Adds a set of tools, or replaces the one with the same id in its place. */
export function withToolSet(person: Person, set: ToolSet): Person {
  return { ...person, toolSets: withEntry(person.toolSets, set, ({ id }) => id === set.id) };
}

/** Adds a server, or replaces the one at the same address in its place. */
export function withEndpoint(person: Person, endpoint: Endpoint): Person {
  const isSame = ({ baseUrl }: Endpoint) => baseUrl === endpoint.baseUrl;
  return { ...person, endpoints: withEntry(person.endpoints, endpoint, isSame) };
}

/** Adds an MCP server, or replaces the one at the same address in its place. */
export function withMcpServer(person: Person, server: McpServer): Person {
  return { ...person, mcpServers: withEntry(person.mcpServers, server, ({ url }) => url === server.url) };
}

function withEntry<T>(list: readonly T[], entry: T, isSame: (other: T) => boolean): readonly T[] {
  return list.some(isSame) ? list.map((other) => (isSame(other) ? entry : other)) : [...list, entry];
}

/** All tools that can be used in a session: the person's, then those that only this session still has. */
export function toolsAtHand(
  own: readonly ToolDefinition[],
  kept: readonly ToolDefinition[],
): readonly ToolDefinition[] {
  const ids = new Set(own.map((tool) => tool.id));
  const others = kept.filter((tool) => !ids.has(tool.id));
  return others.length === 0 ? own : [...own, ...others];
}

/** All servers that a session can name: the person's, then those that only this session still has. */
export function endpointsAtHand(own: readonly Endpoint[], kept: readonly Endpoint[]): readonly Endpoint[] {
  const urls = new Set(own.map((endpoint) => endpoint.baseUrl));
  const others = kept.filter((endpoint) => !urls.has(endpoint.baseUrl));
  return others.length === 0 ? own : [...own, ...others];
}

/**
 * The session with copies of everything its lanes use, as the person has it now. What it used before stays, so that it
 * can be opened and exported completely anywhere.
 */
export function withCopies(session: Session, person: Pick<Person, "tools" | "endpoints">): Session {
  const setups = [session.shared, ...session.lanes.map((lane) => lane.own)];
  const usedTools = new Set(setups.flatMap(toolIdsOf));
  const usedUrls = new Set(setups.map((setup) => setup.endpoint ?? null));
  const keptTools = new Set(session.tools.map((tool) => tool.id));
  const keptUrls = new Set(session.endpoints.map((endpoint) => endpoint.baseUrl));
  const tools = toolsAtHand(person.tools, session.tools).filter(
    ({ id }) => usedTools.has(id) || keptTools.has(id),
  );
  const endpoints = endpointsAtHand(person.endpoints, session.endpoints).filter(
    ({ baseUrl }) => usedUrls.has(baseUrl) || keptUrls.has(baseUrl),
  );
  const isSame = sameEntries(tools, session.tools) && sameEntries(endpoints, session.endpoints);
  return isSame ? session : { ...session, tools, endpoints };
}

/** The copies without those that no lane uses: for a new session that is like another. */
export function withoutUnusedCopies(session: Session): Session {
  return withCopies({ ...session, tools: [], endpoints: [] }, session);
}

/** Maps a session's tools to the person's tools where their ids differ. */
export type ToolNames = ReadonlyMap<string, string>;

/**
 * Adds a session's tools to the person's. Equal tools are one. A tool whose id is taken by another one gets the id
 * that `newId` gives, so that neither is lost.
 */
export function joinTools(
  person: Person,
  tools: readonly ToolDefinition[],
  newId: (id: string) => string,
): { readonly person: Person; readonly renamed: ToolNames } {
  const renamed = new Map<string, string>();
  const joined = [...person.tools];
  for (const tool of tools) {
    const taken = joined.find((other) => other.id === tool.id);
    if (taken && contentOf(taken) === contentOf(tool)) continue;
    const equal = joined.find((other) => contentOf(other) === contentOf(tool));
    if (equal) {
      renamed.set(tool.id, equal.id);
      continue;
    }
    const id = taken ? newId(tool.id) : tool.id;
    if (id !== tool.id) renamed.set(tool.id, id);
    joined.push({ ...tool, id });
  }
  return { person: { ...person, tools: joined }, renamed };
}

/** The session and its turns with the person's ids in place of its own. */
export function withToolNames(
  session: Session,
  turns: readonly TurnRecord[],
  renamed: ToolNames,
): { readonly session: Session; readonly turns: readonly TurnRecord[] } {
  if (renamed.size === 0) return { session, turns };
  const nameOf = (id: string) => renamed.get(id) ?? id;
  const inSetup = <S extends Partial<LaneSetup>>(setup: S): S => ({
    ...setup,
    ...(setup.tools === undefined ? {} : { tools: [...new Set(setup.tools.map(nameOf))] }),
    ...(setup.bindings === undefined ? {} : { bindings: withToolIds(setup.bindings, nameOf) }),
  });
  const tools = new Map(session.tools.map((tool) => [nameOf(tool.id), { ...tool, id: nameOf(tool.id) }]));
  return {
    session: {
      ...session,
      tools: [...tools.values()],
      shared: inSetup(session.shared),
      lanes: session.lanes.map((lane) => ({ ...lane, own: inSetup(lane.own) })),
    },
    turns: turns.map((record) => ({ ...record, setup: inSetup(record.setup) })),
  };
}

/** The tools that a setup names. */
export function toolIdsOf({ tools, bindings }: Partial<LaneSetup>): readonly string[] {
  return [...(tools ?? []), ...Object.keys(bindings ?? {})];
}

/** A lane's own answers under the ids that `idOf` gives; null leaves one out. */
export function withToolIds(
  bindings: LaneSetup["bindings"],
  idOf: (id: string) => string | null,
): LaneSetup["bindings"] {
  const entries = Object.entries(bindings).flatMap(([id, binding]) => {
    const own = idOf(id);
    return own === null ? [] : [[own, binding] as const];
  });
  return Object.fromEntries(entries);
}

/** What a tool is, whatever a person allows it. */
function contentOf({ id: _id, approval: _approval, ...content }: ToolDefinition): string {
  return canonicalJson(JSON.stringify(content));
}

function sameEntries<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((entry, index) => entry === others[index]);
}
