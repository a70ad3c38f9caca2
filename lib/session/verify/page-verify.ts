import { pageLocks } from "@/lib/session/page/browser-storage";
import { pageApp } from "@/lib/session/page/page-app";
import { randomId } from "@/lib/session/store/ids";

import { createVerifyApp, type VerifyApp } from "./verify-app";
import { openVerifyDatabase } from "./verify-database";

/** By a lock of the browser, which a tab that is closed lets go of. Without locks every tab may. */
async function holdRun(runId: string): Promise<(() => void) | null> {
  const locks = pageLocks();
  if (locks === null) return () => undefined;
  return new Promise((resolve) => {
    void locks.request(`vitrine-verify ${runId}`, { ifAvailable: true }, async (lock) => {
      if (lock === null) {
        resolve(null);
        return;
      }
      await new Promise<void>((release) => resolve(release));
    });
  });
}

let made: VerifyApp | null = null;

/** What verifies in this tab, made at its first use. A run goes on while the comparison is looked at. */
export function pageVerify(): VerifyApp {
  return (made ??= createVerifyApp({
    database: openVerifyDatabase(),
    newId: randomId,
    hold: holdRun,
    loadRunner: async () => (await import("./run-in-page")).runInPage(pageApp()),
    later: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
  }));
}
