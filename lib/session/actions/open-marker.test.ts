import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";

import { createFakeLocks } from "@/lib/session/__fixtures__/fake-locks";
import type { TestApp, TestAppOptions } from "@/lib/session/__fixtures__/test-app";
import { testPages } from "@/lib/session/__fixtures__/test-pages";
import { laneId } from "@/lib/session/store/ids";

import type { Mark, MarkerStore } from "./open-marker";

const pages = testPages();
let marker: MarkerStore;

beforeEach(() => {
  let mark: Mark | null = null;
  marker = { read: () => mark, write: (next) => (mark = next) };
});

const openPage = (options: Partial<TestAppOptions> = {}) => pages.open({ marker, ...options });

const openOf = (app: TestApp) => app.store.getState().session.id;

/** A page with a saved comparison called "Hi". */
async function openSaved(): Promise<TestApp> {
  const app = await openPage();
  app.actions.send("Hi", [app.lanes()[0]?.id ?? laneId("none")]);
  (await pages.relay.next()).head().text("Hello").finish();
  await app.settled();
  app.saveNow();
  await app.until(() => app.store.getState().saveState.state === "saved");
  return app;
}

describe("a start after the page broke or froze while it drew a comparison", () => {
  it("does not open it again, offers it by name, and opens it when asked", async () => {
    const id = openOf(await openSaved());
    const broken = await openPage({ remembered: id });
    broken.end();
    // The page that says so is reloaded: what is left of the broken one must not clear the mark.
    broken.leave();
    broken.drawn();

    const next = await openPage({ remembered: id });
    expect(openOf(next)).not.toBe(id);
    expect(next.store.getState().turns.size).toBe(0);
    expect(next.store.getState().heldBack).toMatchObject({ id, name: "Hi" });

    await next.actions.openSession(id);
    expect([openOf(next), next.store.getState().heldBack]).toEqual([id, null]);
    next.drawn();
    expect(openOf(await openPage({ remembered: id }))).toBe(id);
  });

  it("holds it back also in a new tab, which remembers nothing", async () => {
    const id = openOf(await openSaved());
    await openPage({ remembered: id });
    const next = await openPage();
    expect([openOf(next) === id, next.store.getState().heldBack?.id]).toEqual([false, id]);
  });
});

describe("a start opens what was open", () => {
  it("after it was drawn", async () => {
    const id = openOf(await openSaved());
    (await openPage({ remembered: id })).drawn();
    expect(openOf(await openPage({ remembered: id }))).toBe(id);
  });

  it("after the page was left before it was drawn", async () => {
    const id = openOf(await openSaved());
    (await openPage({ remembered: id })).leave();
    expect(openOf(await openPage({ remembered: id }))).toBe(id);
  });

  it("while another tab draws it, and not once that tab takes too long", async () => {
    const locks = createFakeLocks();
    const id = openOf(await openSaved());
    await openPage({ remembered: id, locks });
    expect(openOf(await openPage({ remembered: id, locks }))).toBe(id);
    marker.write({ id, at: 0 });
    expect(openOf(await openPage({ remembered: id, locks }))).not.toBe(id);
  });
});
