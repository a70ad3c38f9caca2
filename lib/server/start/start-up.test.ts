import { expect, it, vi } from "vitest";

/** How often the demo model was started by a process that found these servers and keys. */
async function startsWith(servers: readonly string[], keys: readonly string[]): Promise<number> {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, Symbol.for("vitrine.start-up"));
  const start = vi.fn();
  vi.doMock("@/lib/server/discovery/own-discovery", () => ({
    localServers: () => Promise.resolve(new Map(servers.map((id) => [id, {}]))),
    presentKeys: () => keys,
    demoModel: () => Promise.resolve({ start }),
  }));
  const { startUp } = await import("./start-up");
  await Promise.all([startUp(), startUp()]);
  return start.mock.calls.length;
}

it.each([
  ["once where there is nothing to talk to", [], [], 1],
  ["not beside a server that was found", ["ollama"], [], 0],
  ["not where a key is set", [], ["OPENAI_API_KEY"], 0],
])("the server starts the demo model by itself %s", async (_title, servers, keys, times) => {
  expect(await startsWith(servers, keys)).toBe(times);
});
