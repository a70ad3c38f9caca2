/** The page that verifies, for component tests: over a comparison and a database of its own. */
import { onTestFinished } from "vitest";

import { openTestPage, type Replies, type TestPage } from "@/components/__fixtures__/test-page";
import { VerifyScreen } from "@/components/verify/verify-screen";
import type { RunInPage } from "@/lib/session/verify/run-in-page";
import { createVerifyApp, type VerifyApp } from "@/lib/session/verify/verify-app";
import { VerifyProvider } from "@/lib/session/verify/verify-context";
import { openVerifyDatabase, type VerifyDatabase } from "@/lib/session/verify/verify-database";
import type { Trial } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

type VerifyPageOptions = {
  /** A run that is kept and open. */
  readonly open?: VerifyRun;
  /** Other runs that are kept. */
  readonly kept?: readonly VerifyRun[];
  /** Tapes of trials of the open run. */
  readonly tapes?: readonly { readonly trial: Trial; readonly tape: string }[];
  readonly runner?: RunInPage;
  readonly replies?: Replies;
  readonly onLeave?: () => void;
};

export type ShownVerify = {
  readonly verify: VerifyApp;
  readonly database: VerifyDatabase;
  readonly page: TestPage;
};

/** Draws the page. Nothing runs without a runner. */
export async function openVerifyPage(options: VerifyPageOptions = {}): Promise<ShownVerify> {
  const { open, kept = [], tapes = [], runner, onLeave = () => undefined } = options;
  // The next test of the file begins without an open run in its address.
  onTestFinished(() => window.history.replaceState(null, "", window.location.pathname));
  const page = await openTestPage(options.replies);
  const database = openVerifyDatabase(crypto.randomUUID());
  const all = open === undefined ? kept : [...kept, open];
  for (const run of all) await database.writeRun(run, run.id);
  for (const { trial, tape } of tapes)
    if (open !== undefined) await database.writeTrial(open.id, trial, tape);
  let made = 0;
  const verify = createVerifyApp({
    database,
    newId: () => `made-${(made += 1)}`,
    loadRunner: () =>
      runner === undefined ? Promise.reject(new Error("no runner")) : Promise.resolve(runner),
    hold: () => Promise.resolve(() => undefined),
    later: (_ms, call) => {
      const frame = requestAnimationFrame(call);
      return () => cancelAnimationFrame(frame);
    },
  });
  await verify.actions.start();
  if (open !== undefined) await verify.actions.openRun(open.id);
  await page.show(
    <VerifyProvider app={verify}>
      <VerifyScreen theme="system" onLeave={onLeave} />
    </VerifyProvider>,
  );
  return { verify, database, page };
}
