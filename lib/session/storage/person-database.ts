/**
 * A person's tools, sets of tools and servers in the browser's database, one record each, so that a bad record never blocks the
 * others.
 */
import * as z from "zod/mini";

import type { Person } from "@/lib/session/store/person";
import type { Endpoint, McpServer } from "@/lib/session/store/session";
import type { ToolDefinition } from "@/lib/tools/tool";
import type { ToolSet } from "@/lib/tools/tool-set";

import type { PersonRecord, WithHandle } from "./database-handle";
import { endpointSchema, mcpServerSchema, savedToolSchema, toolSetSchema } from "./saved-session";

/** What is written and what is removed; everything else stays. */
export type PersonChange = {
  readonly tools?: readonly ToolDefinition[];
  readonly toolSets?: readonly ToolSet[];
  readonly endpoints?: readonly Endpoint[];
  readonly mcpServers?: readonly McpServer[];
  readonly removedTools?: readonly string[];
  readonly removedToolSets?: readonly string[];
  readonly removedEndpoints?: readonly string[];
  /** Their addresses. */
  readonly removedMcpServers?: readonly string[];
  /** What older versions kept in their sessions has been merged. */
  readonly joined?: true;
};

export type PersonDatabase = {
  /** `joined` is false until what lies in older sessions was joined. */
  readonly person: () => Promise<{ readonly person: Person; readonly joined: boolean }>;
  /** All or nothing. */
  readonly writePerson: (change: PersonChange) => Promise<void>;
};

const VERSION = 1;
const JOINED = "joined";
const toolKey = (id: string) => `tool ${id}`;
const toolSetKey = (id: string) => `set ${id}`;
const endpointKey = (baseUrl: string) => `endpoint ${baseUrl}`;
const mcpServerKey = (url: string) => `mcp ${url}`;

/** The person's part of the database that `withDatabase` opens. */
export function personDatabase(withDatabase: WithHandle): PersonDatabase {
  return {
    person: () =>
      withDatabase(async (database) => {
        const transaction = database.transaction("person");
        const [keys, records] = await Promise.all([
          transaction.store.getAllKeys(),
          transaction.store.getAll(),
        ]);
        const entries = records
          .map((record, index) => ({ key: keys[index] ?? "", record }))
          .toSorted((a, b) => a.record.order - b.record.order);
        const read = <T>(kind: string, schema: z.ZodMiniType<T>) =>
          entries.flatMap(({ key, record }) => {
            if (!key.startsWith(kind) || record.version !== VERSION) return [];
            const value = z.safeParse(schema, record.value);
            return value.success ? [value.data] : [];
          });
        const person = {
          tools: read("tool ", savedToolSchema),
          // None in what a Vitrine wrote that knew no sets.
          toolSets: read("set ", toolSetSchema),
          endpoints: read("endpoint ", endpointSchema),
          // None in what a Vitrine wrote that knew no MCP.
          mcpServers: read("mcp ", mcpServerSchema),
        };
        return { person, joined: keys.includes(JOINED) };
      }),
    writePerson: (change) =>
      withDatabase(async (database) => {
        const transaction = database.transaction("person", "readwrite");
        const { store } = transaction;
        const added = [
          ...(change.tools ?? []).map((tool) => ({ key: toolKey(tool.id), value: tool })),
          ...(change.toolSets ?? []).map((set) => ({ key: toolSetKey(set.id), value: set })),
          ...(change.endpoints ?? []).map((endpoint) => ({
            key: endpointKey(endpoint.baseUrl),
            value: endpoint,
          })),
          ...(change.mcpServers ?? []).map((server) => ({ key: mcpServerKey(server.url), value: server })),
          ...(change.joined ? [{ key: JOINED, value: true }] : []),
        ];
        const known = await Promise.all(added.map(({ key }) => store.get(key)));
        const last = Math.max(0, ...(await store.getAll()).map(({ order }) => order));
        const removed = [
          ...(change.removedTools ?? []).map(toolKey),
          ...(change.removedToolSets ?? []).map(toolSetKey),
          ...(change.removedEndpoints ?? []).map(endpointKey),
          ...(change.removedMcpServers ?? []).map(mcpServerKey),
        ];
        const work = [
          ...added.map(({ key, value }, index) => {
            const order = known[index]?.order ?? last + 1 + index;
            return store.put({ version: VERSION, order, value } satisfies PersonRecord, key);
          }),
          ...removed.map((key) => store.delete(key)),
        ];
        await Promise.all([...work, transaction.done]);
      }),
  };
}
