import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { sessionId } from "@/lib/session/store/ids";
import type { ExportFormat, ExportScope } from "@/lib/session/store/session";
import { bodyOf } from "@/lib/tape/formats/body-bytes";
import { readForeignFile } from "@/lib/tape/formats/read-file";
import { readTape } from "@/lib/tape/read-tape";
import manifest from "@/package.json";

let relay: RelayStub;
let app: TestApp;

beforeEach(async () => {
  relay = await startRelay();
  app = await startTestApp({ fetch: relay.fetch });
});
afterEach(async () => {
  app.actions.stopAll();
  app.end();
  await relay.close();
});

/** Two lanes that answered "Both", of which the first was asked twice before. */
async function ask(): Promise<void> {
  const [first] = app.lanes();
  if (first === undefined) return expect.unreachable("there is a lane");
  app.actions.send("Hello", [first.id]);
  (await relay.next()).head().text("Hi there").finish();
  await app.settled();
  app.actions.retry(app.leaf(0).id);
  (await relay.next()).head().text("Hi again").finish();
  await app.settled();
  app.actions.send("Both", "all");
  (await relay.next()).head().text("one").finish();
  (await relay.next()).head().text("two").finish();
  await app.settled();
}

const COMPARISON: ExportScope = { of: "comparison" };

async function exported(scope: ExportScope, format: ExportFormat) {
  const file = await app.actions.exportAs(app.store.getState().session.id, scope, format);
  if (file === null) return expect.unreachable("nothing was written");
  const { name, type, content, losses } = file;
  return {
    name,
    type,
    losses,
    text: typeof content === "string" ? content : new TextDecoder().decode(content),
  };
}

describe("an exported comparison", () => {
  it("is a tape with all branches", async () => {
    await ask();
    const { name, text } = await exported(COMPARISON, "tape");
    const read = readTape(text);
    expect(name).toBe("Hello.tape");
    expect(read.ok && read.tape.turns.map(({ prompt }) => prompt)).toEqual([
      "Hello",
      "Hello",
      "Both",
      "Both",
    ]);
  });

  it("names the version of the page that wrote it, whether or not a server has answered", async () => {
    await ask();
    app.store.setState(({ servers }) => ({ servers: { ...servers, reply: null } }));
    const tape = readTape((await exported(COMPARISON, "tape")).text);
    expect(tape.ok && tape.tape.writtenBy).toBe(manifest.version);
    const har = JSON.parse((await exported(COMPARISON, "har")).text);
    expect(har).toMatchObject({ log: { creator: { name: "Vitrine", version: manifest.version } } });
  });

  it.each(["har", "go-vcr"] as const)("holds every answer in %s", async (format) => {
    await ask();
    const { name, text } = await exported(COMPARISON, format);
    const read = readForeignFile(name, new TextEncoder().encode(text));
    const bodies = read.ok
      ? read.exchanges.map(({ exchange }) => new TextDecoder().decode(bodyOf(exchange)))
      : [read.reason];
    expect(bodies).toEqual(
      ["Hi there", "Hi again", "one", "two"].map((said) => expect.stringContaining(said)),
    );
  });

  it("has the branches on screen in Markdown, and says what is left out", async () => {
    await ask();
    const { name, type, text, losses } = await exported(COMPARISON, "markdown");
    expect([name, type]).toEqual(["Hello.md", "text/markdown"]);
    expect(text).toContain("Hi again");
    expect(text).not.toContain("Hi there");
    expect(losses).toContain("Branches that are not on screen are left out.");
  });

  it("is a page that names its lanes", async () => {
    await ask();
    const { name, text } = await exported(COMPARISON, "html");
    expect(name).toBe("Hello.html");
    for (const said of ["Hi again", "one", "two", "2 lanes: "]) expect(text).toContain(said);
  });

  it("is one conversation per lane, and one trace per turn", async () => {
    await ask();
    const messages = await exported(COMPARISON, "messages");
    expect(messages.text.trim().split("\n")).toHaveLength(2);
    const traces = await exported(COMPARISON, "otlp");
    expect(traces.text.match(/"invoke_agent [^"]*"/gu)).toHaveLength(3);
  });
});

describe("an exported lane", () => {
  it("is that lane alone", async () => {
    await ask();
    const [, second] = app.lanes();
    if (second === undefined) return expect.unreachable("there is a second lane");
    const { name, text } = await exported({ of: "lane", lane: second.id }, "markdown");
    expect(name).toBe("Hello-lane-2.md");
    expect(text).toContain("two");
    expect(text).not.toContain("one");
  });
});

describe("an exported answer", () => {
  it("is that answer alone, and with the turns before it as messages", async () => {
    await ask();
    const scope = { of: "turn", turn: app.leaf(0).id } as const;
    const { name, text } = await exported(scope, "sse");
    expect(name).toMatch(/^Hello-lane-1-.*\.sse$/u);
    expect(text).toContain("one");
    expect(text).toMatch(/^data: /u);
    expect((await exported(scope, "html")).text).not.toContain("Hi again");
    expect((await exported(scope, "messages")).text).toContain("Hi again");
  });
});

it("a comparison that is not there is exported as nothing, with a notice", async () => {
  expect(await app.actions.exportAs(sessionId("elsewhere"), COMPARISON, "html")).toBeNull();
  expect(app.store.getState().notices.map(({ text }) => text)).toEqual([
    "That comparison could not be read, so it was not exported.",
  ]);
});
