"use client";

import { useEffect, useMemo, useState } from "react";

import { trialsFor } from "@/lib/session/verify/new-run";
import { useVerify, useVerifyActions } from "@/lib/session/verify/verify-context";
import { aboutCost, formatCount, formatPlural, formatSeconds } from "@/lib/stream/figures/format-number";
import { planOf } from "@/lib/verify/runner/plan";
import type { VerifyRun } from "@/lib/verify/verify-run";

/** What the run would do, before anything is sent. As high whatever it says. */
export function PlanLines({ run }: { run: VerifyRun }) {
  const earlier = useNewestRun();
  const plan = useMemo(() => planOf(run, earlier === null ? [] : trialsFor(run, earlier)), [run, earlier]);
  const { requests, confirmations, worstOutputTokens, estimatedMs, estimatedUsd } = plan;
  const most = plan.mostPassesThatAreWorse;
  if (plan.trials.length === 0)
    return (
      <section aria-label="Plan" className="bg-band rounded-outer px-4 py-3">
        <p>Nothing would be sent.</p>
      </section>
    );
  return (
    <section aria-label="Plan" className="bg-band rounded-outer grid gap-1 px-4 py-3">
      <p>
        <strong className="font-medium">{formatPlural(plan.trials.length, "trial")}</strong>
        {`, ${range(requests.usual, requests.most + confirmations)} requests, at most ${formatCount(worstOutputTokens)} output tokens.`}
      </p>
      <p className="text-muted text-[13px]">
        {estimatedMs === null
          ? "Time: not known before these lanes have run once."
          : `About ${formatSeconds(estimatedMs)}, from what was measured before.`}
        {estimatedUsd === null ? "" : ` Cost: ${aboutCost(estimatedUsd)}.`}
      </p>
      <p className="text-muted text-[13px]">
        {most === null
          ? `N = ${run.repetitions} can't show that one case is worse than the reference; a group of cases can.`
          : `With N = ${run.repetitions}, a case that always passes in the reference counts as worse from ${most} of ${run.repetitions} down.`}
      </p>
    </section>
  );
}

function range(least: number, most: number): string {
  return least === most ? formatCount(least) : `${formatCount(least)}–${formatCount(most)}`;
}

/** The newest run that is kept; null where there is none. */
function useNewestRun(): VerifyRun | null {
  const id = useVerify((state) => state.runs[0]?.id ?? null);
  const { readRun } = useVerifyActions();
  const [run, setRun] = useState<VerifyRun | null>(null);
  useEffect(() => {
    let isLeft = false;
    const load = async () => {
      const read = id === null ? null : await readRun(id);
      if (!isLeft) setRun(read);
    };
    void load();
    return () => {
      isLeft = true;
    };
  }, [id, readRun]);
  return run;
}
