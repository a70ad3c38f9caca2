/** Keeps the person's tools, sets of tools and servers: on screen at once, saved right after, and the same in every tab. */
import type { StoreApi } from "zustand/vanilla";

import type { AppState } from "@/lib/session/store/app-state";
import { browserErrorText, type Notify } from "@/lib/session/store/notices";
import {
  FIRST_PERSON,
  joinTools,
  type Person,
  withEndpoint,
  withMcpServer,
  withTool,
  withToolNames,
  withToolSet,
} from "@/lib/session/store/person";
import type { Endpoint, McpServer, Session } from "@/lib/session/store/session";
import type { ToolDefinition } from "@/lib/tools/tool";
import type { ToolSet } from "@/lib/tools/tool-set";

import type { Bundle, SessionDatabase } from "./database";
import type { PersonChange } from "./person-database";

export type PersonLists = {
  /** Reads the lists; at the first time with what older Vitrines kept in their sessions. Never rejects. */
  readonly open: () => Promise<void>;
  readonly saveTool: (tool: ToolDefinition) => void;
  readonly removeTool: (id: string) => void;
  readonly saveToolSet: (set: ToolSet) => void;
  /** Its tools stay. */
  readonly removeToolSet: (id: string) => void;
  readonly addEndpoint: (endpoint: Endpoint) => void;
  readonly removeEndpoint: (baseUrl: string) => void;
  readonly saveMcpServer: (server: McpServer) => void;
  readonly removeMcpServer: (url: string) => void;
  /** Adds the tools that a file brings. Its servers stay the session's own until the person allows them. */
  readonly join: <R>(bundle: Bundle<R>) => Bundle<R>;
  /** Another tab has changed the lists. */
  readonly changedElsewhere: () => void;
  /** Tries again to write what could not be written. */
  readonly flush: () => void;
};

export type PersonPorts = {
  readonly store: StoreApi<AppState>;
  readonly database: SessionDatabase;
  readonly notify: Notify;
  readonly newId: () => string;
  /** Other tabs should read the lists again. */
  readonly postToOthers: () => void;
};

/** Has the first visit's lists until `open`. */
export function createPersonLists({
  store,
  database,
  notify,
  newId,
  postToOthers,
}: PersonPorts): PersonLists {
  let unsaved: PersonChange[] = [];
  let writing: Promise<void> = Promise.resolve();

  const write = async () => {
    const due = unsaved;
    if (due.length === 0) return;
    try {
      for (const change of due) await database.writePerson(change);
      unsaved = unsaved.slice(due.length);
      postToOthers();
    } catch (error) {
      notify("error", `Your tools and servers could not be saved. ${browserErrorText(error)}`);
    }
  };
  const flush = () => {
    writing = writing.then(write);
  };

  const change = (update: (person: Person) => Person, saved: PersonChange) => {
    store.setState(({ person }) => ({ person: update(person) }));
    unsaved.push(saved);
    flush();
  };

  const read = async () => {
    const { person } = await database.person();
    // A change made here in the meantime is newer than what was read.
    if (unsaved.length === 0) store.setState({ person });
  };

  const open = async () => {
    try {
      const { person, joined } = await database.person();
      if (joined) {
        store.setState({ person });
        return;
      }
      const all = await joinSessions(database, person);
      store.setState({ person: all });
      await database.writePerson({ ...all, joined: true });
    } catch (error) {
      notify("error", `Your tools and servers could not be read. ${browserErrorText(error)}`);
    }
  };

  return {
    open,
    flush,
    saveTool: (tool) => change((person) => withTool(person, tool), { tools: [tool] }),
    removeTool: (id) =>
      change((person) => ({ ...person, tools: person.tools.filter((tool) => tool.id !== id) }), {
        removedTools: [id],
      }),
    saveToolSet: (set) => change((person) => withToolSet(person, set), { toolSets: [set] }),
    removeToolSet: (id) =>
      change((person) => ({ ...person, toolSets: person.toolSets.filter((set) => set.id !== id) }), {
        removedToolSets: [id],
      }),
    addEndpoint: (endpoint) => change((person) => withEndpoint(person, endpoint), { endpoints: [endpoint] }),
    removeEndpoint: (baseUrl) =>
      change(
        (person) => ({
          ...person,
          endpoints: person.endpoints.filter((endpoint) => endpoint.baseUrl !== baseUrl),
        }),
        { removedEndpoints: [baseUrl] },
      ),
    saveMcpServer: (server) => change((person) => withMcpServer(person, server), { mcpServers: [server] }),
    removeMcpServer: (url) =>
      change(
        (person) => ({ ...person, mcpServers: person.mcpServers.filter((server) => server.url !== url) }),
        { removedMcpServers: [url] },
      ),
    join: (bundle) => {
      const before = store.getState().person;
      const { person, renamed } = joinTools(before, bundle.session.tools, newId);
      const added = person.tools.slice(before.tools.length);
      if (added.length > 0) change(() => person, { tools: added });
      return { ...bundle, ...withToolNames(bundle.session, bundle.turns, renamed) };
    },
    changedElsewhere: () => {
      writing = writing.then(read).catch((error: unknown) => {
        notify("error", `Your tools and servers could not be read. ${browserErrorText(error)}`);
      });
    },
  };
}

/** Merges what older versions kept in their sessions, newest first, so that the newest names win. */
async function joinSessions(database: SessionDatabase, known: Person): Promise<Person> {
  const sessions = await database.sessions();
  if (sessions.length === 0 && known.tools.length === 0) return { ...known, tools: FIRST_PERSON.tools };
  let person = known;
  for (const session of sessions) {
    // Not a random id: two tabs, or a second try after a crash, must produce the same one.
    const joined = joinTools(person, session.tools, (id) => `${id} of ${session.id}`);
    person = withEndpoints(joined.person, session);
    if (joined.renamed.size > 0) await rename(database, session, joined.renamed);
  }
  return person;
}

function withEndpoints(person: Person, { endpoints }: Session): Person {
  const known = new Set(person.endpoints.map((endpoint) => endpoint.baseUrl));
  return {
    ...person,
    endpoints: [...person.endpoints, ...endpoints.filter((endpoint) => !known.has(endpoint.baseUrl))],
  };
}

async function rename(database: SessionDatabase, session: Session, renamed: ReadonlyMap<string, string>) {
  const saved = await database.load(session.id);
  if (!saved) return;
  const { session: changed, turns } = withToolNames(saved.session, saved.turns, renamed);
  await database.write({ sessions: [changed], turns });
}
