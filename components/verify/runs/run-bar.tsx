"use client";

import { Download, Pause, Play, Square } from "lucide-react";

import { Button } from "@/components/ui/button";
import { downloadText } from "@/components/ui/files";
import { ProgressBar } from "@/components/ui/progress-bar";
import { lostTrials } from "@/lib/session/verify/new-run";
import { useVerify, useVerifyActions } from "@/lib/session/verify/verify-context";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import { writeVerifyRun } from "@/lib/verify/saved/saved-run";
import { trialName } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

/** What the run is and how far it is; pause, stop, go on, export. Its height stays the same. */
export function RunBar({ run, name }: { run: VerifyRun; name: string }) {
  const live = useVerify((state) => (state.live?.id === run.id ? state.live : null));
  const isOther = useVerify((state) => state.live !== null && state.live.id !== run.id);
  const actions = useVerifyActions();
  const facts = runFacts(run);
  const lost = live === null && run.endedAt !== null && run.voided === null ? lostTrials(run).length : 0;
  const canGoOn = live === null && run.endedAt === null && run.voided === null;
  return (
    <section
      aria-label="Run"
      className="border-line flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1.5 print:hidden"
    >
      <p className="text-muted min-w-0 flex-1 basis-40 truncate text-[13px]" title={facts}>
        {facts}
      </p>
      <span className="flex items-center gap-2">
        {live === null ? null : (
          <>
            {/* A slow model answers one trial for a minute: this says that it is at work. */}
            {live.at === null ? null : (
              <span className="figures text-muted w-44 truncate text-right text-[12px] max-[720px]:hidden">
                {trialName(live.at)}
              </span>
            )}
            <span className="w-28 max-[480px]:w-14">
              <ProgressBar
                label="Trials that have ended"
                value={live.planned === 0 ? null : live.done / live.planned}
              />
            </span>
            <output className="figures text-muted">{`${formatCount(live.done)}/${formatCount(live.planned)}`}</output>
            {live.state === "paused" ? (
              <Button size="small" onClick={actions.goOn}>
                <Play size={13} aria-hidden />
                Go on
              </Button>
            ) : (
              <Button size="small" onClick={actions.pause}>
                <Pause size={13} aria-hidden />
                <span className="max-[480px]:sr-only">Pause</span>
              </Button>
            )}
            <Button size="small" onClick={actions.stop}>
              <Square size={12} fill="currentColor" aria-hidden />
              <span className="max-[480px]:sr-only">Stop</span>
            </Button>
          </>
        )}
        {canGoOn ? (
          <Button
            kind="primary"
            size="small"
            aria-disabled={isOther}
            title={isOther ? "Another run goes on in this page." : undefined}
            onClick={() => (isOther ? undefined : void actions.run(run, null))}
          >
            <Play size={13} aria-hidden />
            Go on
          </Button>
        ) : null}
        {lost === 0 ? null : (
          <Button
            kind="primary"
            size="small"
            aria-disabled={isOther}
            title={
              isOther
                ? "Another run goes on in this page."
                : "A server was down or busy. What was measured stays as it is."
            }
            onClick={() => (isOther ? undefined : void actions.runAgain(run))}
          >
            <Play size={13} aria-hidden />
            {`Try ${formatPlural(lost, "lost trial")} again`}
          </Button>
        )}
        <Button
          size="small"
          onClick={() => downloadText(`${fileName(name)}.verify.json`, writeVerifyRun(run))}
        >
          <Download size={13} aria-hidden />
          <span className="max-[480px]:sr-only">Export</span>
        </Button>
      </span>
      {run.voided === null ? null : (
        <p role="alert" className="text-danger w-full">{`This run counts for nothing: ${run.voided}`}</p>
      )}
    </section>
  );
}

/** Made once: a live run says its date at every trial. */
const DATE = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

function runFacts(run: VerifyRun): string {
  const { suite, suiteHash, repetitions, startedAt, trials } = run;
  return [
    `${suite.name} (${formatPlural(suite.cases.length, "case")})`,
    `N = ${repetitions}`,
    formatPlural(trials.length, "trial"),
    DATE.format(startedAt),
    `suite ${suiteHash.slice(0, 8)}`,
  ].join(" · ");
}

function fileName(name: string): string {
  return `vitrine-${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-|-$/gu, "")}`;
}
