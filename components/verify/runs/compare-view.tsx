"use client";

import { useEffect, useMemo, useState } from "react";

import { Field } from "@/components/ui/fields/field";
import { Select } from "@/components/ui/fields/select";
import { modeWords } from "@/components/verify/matrix/matrix-table";
import { pointsWords } from "@/components/verify/verify-words";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useVerify, useVerifyActions } from "@/lib/session/verify/verify-context";
import { formatPlural } from "@/lib/stream/figures/format-number";
import { type ChangeKind, compareRuns, type RunChange } from "@/lib/verify/matrix/compare-runs";
import type { Count } from "@/lib/verify/statistics/counts";
import type { VerifyRun } from "@/lib/verify/verify-run";

const KINDS: readonly (readonly [ChangeKind, string])[] = [
  ["regressed", "Regressed"],
  ["fixed", "Fixed"],
  ["new", "New"],
  ["gone", "No longer measured"],
];

/** What changed since another run that is kept: regressed, fixed, new. */
export function CompareView({ run }: { run: VerifyRun }) {
  const runs = useVerify((state) => state.runs);
  const others = runs.filter(({ id }) => id !== run.id);
  const [chosen, setChosen] = useState<string | null>(null);
  const id =
    chosen ?? others.find(({ startedAt }) => startedAt <= run.startedAt)?.id ?? others[0]?.id ?? null;
  const before = useRun(id);
  if (others.length === 0) {
    return (
      <p className="text-muted p-4">
        This is the only run in this browser. Run the cases again, or open another run, and they are compared
        here.
      </p>
    );
  }
  return (
    <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto p-4">
      <Field label="Compare with" className="max-w-150">
        {(control) => (
          <Select
            {...control}
            value={id ?? ""}
            options={others.map((other) => ({
              value: other.id,
              label: `${other.name}, ${new Date(other.startedAt).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" })}`,
            }))}
            onChange={setChosen}
          />
        )}
      </Field>
      {before === null ? <p className="text-muted">Loading…</p> : <Changes before={before} after={run} />}
    </div>
  );
}

function useRun(id: string | null): VerifyRun | null {
  const { readRun } = useVerifyActions();
  const [read, setRead] = useState<VerifyRun | null>(null);
  useEffect(() => {
    let isLeft = false;
    const load = async () => {
      const run = id === null ? null : await readRun(id);
      if (!isLeft) setRead(run);
    };
    void load();
    return () => {
      isLeft = true;
    };
  }, [id, readRun]);
  return read?.id === id ? read : null;
}

function Changes({ before, after }: { before: VerifyRun; after: VerifyRun }) {
  const { changes, same } = useMemo(() => compareRuns(before, after), [before, after]);
  return (
    <>
      <p>
        {KINDS.filter(([kind]) => changes.some((change) => change.kind === kind))
          .map(
            ([kind, label]) =>
              `${changes.filter((change) => change.kind === kind).length} ${label.toLowerCase()}`,
          )
          .concat(`${same} the same`)
          .join(", ")}
        {before.suiteHash === after.suiteHash
          ? "."
          : ". The two suites differ: a case may ask something else."}
      </p>
      {KINDS.map(([kind, label]) => {
        const own = changes.filter((change) => change.kind === kind);
        return own.length === 0 ? null : (
          <section key={kind} aria-label={label} className="min-w-0 overflow-x-auto">
            <h2 className="pb-1 font-medium">{`${label}: ${formatPlural(own.length, "cell")}`}</h2>
            <table className="w-full max-w-200 min-w-150 border-separate border-spacing-0">
              <thead className="text-muted text-left text-[13px]">
                <tr>
                  {["Case", "Lane", "Before", "After", "Difference"].map((name) => (
                    <th key={name} scope="col" className="border-line border-b py-1 pr-4 font-normal">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {own.map((change) => (
                  <ChangeRow key={`${change.row.key} ${change.lane}`} change={change} />
                ))}
              </tbody>
            </table>
          </section>
        );
      })}
    </>
  );
}

function ChangeRow({ change: { row, lane, before, after, comparison } }: { change: RunChange }) {
  return (
    <tr className="[&>*]:border-line align-baseline [&>*]:border-b [&>*]:py-1.5 [&>*]:pr-4">
      <th scope="row" className="text-left font-normal">
        <span className="figures text-muted">{row.caseId}</span> {showMarks(row.title)}
        <span className="text-muted block text-[13px]">{modeWords(row)}</span>
      </th>
      <td className="[overflow-wrap:anywhere]">{showMarks(lane)}</td>
      <td className="figures">{countWords(before)}</td>
      <td className="figures">{countWords(after)}</td>
      <td>
        {comparison === null
          ? "–"
          : comparison.word === "not enough"
            ? "not enough to be sure"
            : `${comparison.word}, ${pointsWords(comparison.difference)}`}
      </td>
    </tr>
  );
}

function countWords(count: Count | null): string {
  return count === null ? "–" : `${count.passes}/${count.of}`;
}
