import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it } from "vitest";

import { type RelayStub, startRelay } from "@/lib/session/__fixtures__/relay-stub";
import { startTestApp, type TestApp } from "@/lib/session/__fixtures__/test-app";
import { lastOf } from "@/lib/session/hooks/last-of";
import { laneId } from "@/lib/session/store/ids";

import { requestPreview } from "./request-preview";

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

it("a preview follows the answers and the servers while the draft stays", async () => {
  const lane = app.lanes()[0]?.id ?? laneId("none");
  const pick = lastOf(requestPreview);
  const preview = () => {
    const { session, person, turns, servers } = app.store.getState();
    return pick(lane, session, person, turns, servers);
  };
  app.actions.setDraft("And?");
  expect(preview()?.body["messages"]).toEqual([{ role: "user", content: "And?" }]);
  app.actions.send("Hi", [lane]);
  (await relay.next()).head().text("Hello").finish();
  await app.settled();
  expect(preview()?.body["messages"]).toEqual([
    { role: "user", content: "Hi" },
    { role: "assistant", content: "Hello" },
    { role: "user", content: "And?" },
  ]);
  const before = preview();
  app.store.setState({ saveState: { state: "saving" } });
  expect(preview()).toBe(before);
  app.store.setState(({ servers }) => ({ servers: { ...servers, reply: null } }));
  expect([before?.url, preview()?.url]).toEqual([
    "http://127.0.0.1:8080/v1/chat/completions",
    "http://127.0.0.1:8080/v1/chat/completions",
  ]);
});
