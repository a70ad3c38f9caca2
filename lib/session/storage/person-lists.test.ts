import "fake-indexeddb/auto";
import { openDB } from "idb";
import { afterEach, describe, expect, it, vi } from "vitest";

import { buildRecord } from "@/lib/session/__fixtures__/build-record";
import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import {
  freshName,
  startTestApp,
  type TestApp,
  type TestAppOptions,
} from "@/lib/session/__fixtures__/test-app";
import { firstSession } from "@/lib/session/store/first-session";
import { laneId, promptId, sessionId, turnId } from "@/lib/session/store/ids";
import type { Session, TurnRecord } from "@/lib/session/store/session";
import { sampleTools } from "@/lib/tools/samples";
import type { ToolDefinition } from "@/lib/tools/tool";

import { openDatabase } from "./database";

const apps: TestApp[] = [];
const relays: RelayStub[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const app of apps.splice(0)) app.end();
  for (const relay of relays.splice(0)) await relay.close();
});

async function openPage(options: Partial<TestAppOptions> = {}): Promise<TestApp> {
  const relay = await startRelay();
  relays.push(relay);
  const app = await startTestApp({ fetch: relay.fetch, from: apps.length * 1_000, ...options });
  apps.push(app);
  return app;
}

const toolNamed = (id: string, name: string): ToolDefinition => ({
  id,
  name,
  description: `What ${name} does.`,
  parameters: { type: "object" },
  strict: null,
  exampleResult: null,
  binding: { kind: "ask" },
  approval: null,
  sharing: "shared",
});
const attic = { name: "Attic", baseUrl: "http://10.0.0.7:8080/v1", provider: "llamacpp" };
const cellar = { name: "Cellar", baseUrl: "http://10.0.0.8:8080/v1", provider: "vllm" };

const personOf = (app: TestApp) => app.store.getState().person;

/** Two tabs of one browser. */
function tabs() {
  const listeners = new Set<() => void>();
  return () => {
    const mine = new Set<() => void>();
    return {
      post: () => {
        for (const listener of listeners) if (!mine.has(listener)) listener();
      },
      listen: (listener: (news: "changed") => void) => {
        const hear = () => listener("changed");
        listeners.add(hear);
        mine.add(hear);
        return () => listeners.delete(hear);
      },
    };
  };
}

describe("a person's tools and servers", () => {
  it("are at hand in a new session, in a link's and after a reload", async () => {
    const database = openDatabase(freshName());
    const app = await openPage({ database });
    app.actions.addEndpoint(attic, "k-secret-1");
    app.actions.saveTool(toolNamed("t1", "book_trip"));
    await vi.waitUntil(async () => (await database.person()).person.tools.length === sampleTools.length + 1);
    const all = {
      tools: [...sampleTools, toolNamed("t1", "book_trip")],
      toolSets: [],
      endpoints: [attic],
      mcpServers: [],
    };
    expect(personOf(app)).toEqual(all);
    app.actions.newSession();
    expect(personOf(app)).toEqual(all);

    const linked = await openPage({ database, search: "?lane=groq/some-model" });
    expect(personOf(linked)).toEqual(all);
  });

  it("are changed and removed for every session", async () => {
    const database = openDatabase(freshName());
    const app = await openPage({ database });
    app.actions.addEndpoint(attic, null);
    app.actions.addEndpoint(cellar, null);
    app.actions.addEndpoint({ ...attic, name: "Roof" }, null);
    app.actions.removeEndpoint(cellar.baseUrl);
    app.actions.removeTool("sample-search");
    const sum: ToolDefinition = {
      ...toolNamed("sample-add", "sum"),
      binding: { kind: "page", name: "add" },
    };
    app.actions.saveTool(sum);
    await vi.waitUntil(async () => (await database.person()).person.tools.some(({ name }) => name === "sum"));
    const after = await openPage({ database });
    expect(personOf(after)).toEqual({
      tools: sampleTools
        .filter(({ id }) => id !== "sample-search")
        .map((tool) => (tool.id === "sample-add" ? sum : tool)),
      toolSets: [],
      endpoints: [{ ...attic, name: "Roof" }],
      mcpServers: [],
    });
  });

  it("include MCP servers, which keep no token, and whose tools follow them to another address", async () => {
    const database = openDatabase(freshName());
    const app = await openPage({ database });
    const team = { from: "person", name: "Team", url: "https://a.example/mcp", headers: [] } as const;
    const moved = { ...team, name: "Desk", url: "https://b.example/mcp" };
    const binding = { kind: "mcp", server: team, tool: "echo", gives: "text", hash: "1" } as const;
    app.actions.saveMcpServer(team, null);
    app.actions.setKey("mcp", team.url, "k-secret-2");
    app.actions.saveTool({ ...toolNamed("t1", "echo"), binding });
    app.actions.saveMcpServer(moved, team.url);
    expect(app.store.getState().keysHeld.size).toBe(0);
    app.actions.setKey("mcp", moved.url, "k-secret-2");
    const putBack = app.actions.removeMcpServer(moved.url);
    expect(personOf(app).mcpServers).toEqual([]);
    expect(app.store.getState().keysHeld.size).toBe(0);
    putBack();
    expect(app.store.getState().keysHeld.size).toBe(1);
    await vi.waitUntil(async () => (await database.person()).person.mcpServers.length === 1);
    const after = await openPage({ database });
    expect(personOf(after).mcpServers).toEqual([moved]);
    expect(personOf(after).tools.find(({ id }) => id === "t1")?.binding).toEqual({
      ...binding,
      server: moved,
    });
    expect(JSON.stringify(personOf(after))).not.toContain("k-secret-2");
    expect(after.store.getState().keysHeld.size).toBe(0);
  });

  it("include sets of tools, which stay when a tool is removed and hold it again when it comes back", async () => {
    const database = openDatabase(freshName());
    const app = await openPage({ database });
    const trip = { id: "s1", name: "Trip", tools: ["sample-weather", "sample-search"] };
    app.actions.saveToolSet(trip);
    app.actions.saveToolSet({ id: "s2", name: "Sums", tools: ["sample-add"] });
    app.actions.saveToolSet({ ...trip, name: "Florence" });
    app.actions.removeTool("sample-search");
    app.actions.removeToolSet("s2");
    await vi.waitUntil(async () => {
      const { person } = await database.person();
      return person.tools.length === sampleTools.length - 1 && person.toolSets.length === 1;
    });
    const after = await openPage({ database });
    expect(personOf(after).toolSets).toEqual([{ ...trip, name: "Florence" }]);
    expect(personOf(after).tools.map(({ id }) => id)).toContain("sample-add");
  });

  it("take a session's own tool in once a set holds it", async () => {
    const app = await openPage();
    app.actions.saveTool(toolNamed("t1", "book_trip"));
    const lane = app.lanes()[0]?.id ?? laneId("none");
    app.actions.changeSetup(lane, { tools: ["t1"] });
    // As after a link: the session has the tool, the person has not.
    app.store.setState(({ person }) => ({ person: { ...person, tools: sampleTools } }));
    app.actions.saveToolSet({ id: "s1", name: "Trip", tools: ["t1"] });
    expect(personOf(app).tools).toEqual([...sampleTools, toolNamed("t1", "book_trip")]);
  });

  it("of a Vitrine that knew no sets open as they are, and a broken set stops nothing", async () => {
    const name = freshName();
    const database = openDatabase(name);
    await database.writePerson({ tools: sampleTools, endpoints: [attic], joined: true });
    expect((await database.person()).person).toEqual({
      tools: sampleTools,
      toolSets: [],
      endpoints: [attic],
      mcpServers: [],
    });
    const good = { id: "s2", name: "Sums", tools: ["sample-add"] };
    await database.writePerson({ toolSets: [{ id: "s1", name: "Trip", tools: [] }, good] });
    const raw = await openDB(name);
    await raw.put("person", { version: 1, order: 99, value: { id: "s1", name: 7 } }, "set s1");
    raw.close();
    expect((await database.person()).person.toolSets).toEqual([good]);
  });

  it("reach the other tabs as soon as they are saved", async () => {
    const database = openDatabase(freshName());
    const join = tabs();
    const first = await openPage({ database, personChannel: join() });
    const second = await openPage({ database, personChannel: join() });
    first.actions.addEndpoint(attic, null);
    await second.until(() => personOf(second).endpoints.length > 0);
    second.actions.addEndpoint(cellar, null);
    await first.until(() => personOf(first).endpoints.length > 1);
    expect([personOf(first), personOf(second)]).toEqual([
      { tools: sampleTools, toolSets: [], endpoints: [attic, cellar], mcpServers: [] },
      { tools: sampleTools, toolSets: [], endpoints: [attic, cellar], mcpServers: [] },
    ]);
  });

  it("are written later if the store fails, which is reported", async () => {
    const database = openDatabase(freshName());
    const app = await openPage({ database });
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("no room", "QuotaExceededError");
    });
    app.actions.addEndpoint(attic, null);
    await app.until(() => app.store.getState().notices.length > 0);
    expect(app.store.getState().notices.map(({ text }) => text)).toEqual([
      "Your tools and servers could not be saved. Browser error: no room",
    ]);
    put.mockRestore();
    app.actions.setDraft("x");
    app.saveNow();
    await vi.waitUntil(async () => (await database.person()).person.endpoints.length > 0);
    expect((await database.person()).person.endpoints).toEqual([attic]);
  });

  it("never stop each other: one that cannot be read is left as it is", async () => {
    const name = freshName();
    const database = openDatabase(name);
    await database.writePerson({ endpoints: [attic, cellar], joined: true });
    const raw = await openDB(name);
    await raw.put("person", { version: 1, order: 1, value: { name: 7 } }, `endpoint ${attic.baseUrl}`);
    raw.close();
    const app = await openPage({ database });
    expect(personOf(app).endpoints).toEqual([cellar]);
    app.actions.saveTool(toolNamed("t1", "book_trip"));
    await vi.waitUntil(async () => (await database.person()).person.tools.length > 0);
    const again = await openDB(name);
    expect(await again.get("person", `endpoint ${attic.baseUrl}`)).toMatchObject({ value: { name: 7 } });
    again.close();
  });
});

describe("what older Vitrines kept in their sessions", () => {
  const lane = laneId("a");
  const old = (id: string, updatedAt: number, changes: Partial<Session>): Session => {
    const lanes = [lane, laneId("b")] as const;
    const first = firstSession({
      id: sessionId(id),
      lanes,
      now: updatedAt,
      found: { provider: "llamacpp", model: "tiny" },
    });
    return { ...first, tools: sampleTools, ...changes };
  };
  const turnOf = (session: Session): TurnRecord =>
    buildRecord({
      id: turnId(`${session.id}-t`),
      sessionId: session.id,
      laneId: lane,
      promptId: promptId("p"),
      createdAt: 1,
      setup: session.shared,
    });

  /** A database as version 1 or 2 of its shape left it. */
  async function oldDatabase(shape: 1 | 2, sessions: readonly Session[]): Promise<string> {
    const name = freshName();
    const raw = await openDB(name, shape, {
      upgrade: (database) => {
        database.createObjectStore("sessions");
        database.createObjectStore("turns", { keyPath: "id" }).createIndex("session", "sessionId");
        const wires = database.createObjectStore("wires", { keyPath: "stepId" });
        wires.createIndex("session", "sessionId");
        wires.createIndex("turn", "turnId");
        if (shape === 2) {
          database.createObjectStore("images", { keyPath: "id" }).createIndex("session", "sessionId");
        }
      },
    });
    for (const session of sessions) {
      const { draftImages: _images, ...first } = session;
      await raw.put(
        "sessions",
        { version: shape, sessionId: session.id, value: shape === 1 ? first : session },
        session.id,
      );
      const turn = turnOf(session);
      await raw.put("turns", { version: shape, sessionId: session.id, id: turn.id, value: turn });
    }
    raw.close();
    return name;
  }

  it.each([1, 2] as const)(
    "is joined into the person's lists without doubles (records of version %i)",
    async (shape) => {
      const book = toolNamed("t1", "book_trip");
      const newest = old("new", 20, {
        tools: [...sampleTools, book],
        endpoints: [{ ...attic, name: "Roof" }],
      });
      const oldest = old("old", 10, {
        tools: [...sampleTools, { ...book, id: "t2" }],
        endpoints: [attic, cellar],
      });
      const app = await openPage({ database: openDatabase(await oldDatabase(shape, [oldest, newest])) });
      expect(personOf(app)).toEqual({
        tools: [...sampleTools, book],
        toolSets: [],
        endpoints: [{ ...attic, name: "Roof" }, cellar],
        mcpServers: [],
      });
      expect(app.store.getState().session).toEqual(newest);
    },
  );

  it("keeps both of two tools that share an id, and every session and answer uses its own", async () => {
    const [weather] = sampleTools;
    if (!weather) expect.unreachable();
    const changed = { ...weather, description: "Mine." };
    const newest = old("new", 20, {});
    const oldest = old("old", 10, { tools: [changed, ...sampleTools.slice(1)] });
    const database = openDatabase(await oldDatabase(2, [oldest, newest]));
    const app = await openPage({ database });
    const id = "sample-weather of old";
    expect(personOf(app).tools).toEqual([...sampleTools, { ...changed, id }]);
    await app.actions.openSession(oldest.id);
    const { session, turns } = app.store.getState();
    expect([session.shared.tools, [...turns.values()].map((turn) => turn.setup.tools)]).toEqual([
      [id],
      [[id]],
    ]);
    expect((await database.load(newest.id))?.session).toEqual(newest);
  });

  it("is joined once: what a person removes later stays away", async () => {
    const database = openDatabase(await oldDatabase(2, [old("s", 10, { endpoints: [attic] })]));
    const app = await openPage({ database });
    app.actions.newSession();
    app.actions.removeEndpoint(attic.baseUrl);
    await vi.waitUntil(async () => (await database.person()).person.endpoints.length === 0);
    expect(personOf(await openPage({ database })).endpoints).toEqual([]);
  });

  it("still comes into the lists when the first try failed", async () => {
    const database = openDatabase(await oldDatabase(2, [old("s", 10, { endpoints: [attic] })]));
    const broken = { ...database, sessions: () => Promise.reject(new Error("no store")) };
    const app = await openPage({ database: broken });
    app.actions.addEndpoint(cellar, null);
    await vi.waitUntil(async () => (await database.person()).person.endpoints.length === 1);
    expect(personOf(await openPage({ database })).endpoints).toEqual([cellar, attic]);
  });
});

describe("a session's copies", () => {
  it("hold what its lanes use, as it is now, so that an export is whole wherever it is read", async () => {
    const app = await openPage();
    app.actions.saveTool(toolNamed("t1", "book_trip"));
    app.actions.saveTool(toolNamed("t2", "never_used"));
    app.actions.addEndpoint(attic, null);
    const lane = app.lanes()[0]?.id ?? laneId("none");
    app.actions.changeSetup(lane, { tools: ["t1"], endpoint: attic.baseUrl, model: "m" });
    app.actions.saveTool(toolNamed("t1", "book_a_trip"));
    const text = await app.exported();
    expect(JSON.parse(text)).toMatchObject({
      session: { tools: [sampleTools[0], toolNamed("t1", "book_a_trip")], endpoints: [attic] },
    });

    const other = await openPage();
    expect(await other.actions.importSession(text)).toMatchObject({ ok: true });
    expect(personOf(other).tools).toEqual([...sampleTools, toolNamed("t1", "book_a_trip")]);
    expect(other.store.getState().session.endpoints).toEqual([attic]);
  });

  it("of an imported file join the person's tools without taking the place of others", async () => {
    const app = await openPage();
    const lane = app.lanes()[0]?.id ?? laneId("none");
    app.actions.changeSetup(lane, { tools: ["sample-weather"] });
    const text = await app.exported();
    const [weather] = sampleTools;
    if (!weather) expect.unreachable();
    app.actions.saveTool({ ...weather, description: "Mine." });
    await app.actions.importSession(text);
    const { tools } = personOf(app);
    const [mine, theirs] = [tools[0], tools[sampleTools.length]];
    expect([mine, theirs]).toEqual([
      { ...weather, description: "Mine." },
      { ...weather, id: theirs?.id },
    ]);
    expect(app.store.getState().session.shared.tools).toEqual([theirs?.id]);
  });
});
