import { pageApp } from "@/lib/session/page/page-app";
import { randomId } from "@/lib/session/store/ids";

import { createVerifyApp, type VerifyApp } from "./verify-app";
import { openVerifyDatabase } from "./verify-database";

let made: VerifyApp | null = null;

/** What verifies in this tab, made at its first use. A run goes on while the comparison is looked at. */
export function pageVerify(): VerifyApp {
  return (made ??= createVerifyApp({
    database: openVerifyDatabase(),
    newId: randomId,
    loadRunner: async () => (await import("./run-in-page")).runInPage(pageApp()),
    later: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
  }));
}
