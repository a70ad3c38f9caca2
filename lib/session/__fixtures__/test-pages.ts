import { afterEach, beforeEach, vi } from "vitest";

import { openDatabase, type SessionDatabase } from "@/lib/session/storage/database";

import { type RelayStub, startRelay } from "./relay-stub";
import { freshName, startTestApp, type TestApp, type TestAppOptions } from "./test-app";

/** The pages that a test opens in one browser, one after another or side by side. */
export type TestPages = {
  readonly relay: RelayStub;
  /** What all of them save to. */
  readonly database: SessionDatabase;
  readonly databaseName: string;
  /** Opens a page. Ids go up from page to page, so that no two are the same. */
  readonly open: (options?: Partial<TestAppOptions>) => Promise<TestApp>;
};

/** Gives each test of a file its own relay and database, and ends the test's pages and mocks after it. */
export function testPages(): TestPages {
  let pages: TestPages | null = null;
  const opened: TestApp[] = [];
  const current = (): TestPages => {
    if (pages === null) throw new Error("Pages are there only while a test runs");
    return pages;
  };

  beforeEach(async () => {
    const relay = await startRelay();
    const databaseName = freshName();
    const database = openDatabase(databaseName);
    const open = async (options: Partial<TestAppOptions> = {}) => {
      const from = opened.length * 1_000;
      const app = await startTestApp({ fetch: relay.fetch, database, from, ...options });
      opened.push(app);
      return app;
    };
    pages = { relay, database, databaseName, open };
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    for (const app of opened.splice(0)) {
      app.actions.stopAll();
      app.end();
    }
    await current().relay.close();
    pages = null;
  });

  return {
    get relay() {
      return current().relay;
    },
    get database() {
      return current().database;
    },
    get databaseName() {
      return current().databaseName;
    },
    open: (options) => current().open(options),
  };
}
