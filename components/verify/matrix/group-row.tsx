"use client";

import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";

import { cn } from "@/components/ui/cn";
import { GROUP_WORDS, intervalWords, percent, pointsWords } from "@/components/verify/verify-words";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { CaseGroup } from "@/lib/verify/case";
import { groupRate, type Pair } from "@/lib/verify/statistics/bootstrap";
import { compareCases } from "@/lib/verify/statistics/compare";
import type { Count } from "@/lib/verify/statistics/counts";

import { IntervalBar } from "./matrix-cell";

/** A row's count, with the case that it asks. */
type CaseCount = Count & { readonly caseId: string };

type GroupRowProps = {
  group: CaseGroup;
  /** Cases that have a row below it. */
  shown: number;
  isOpen: boolean;
  onToggle: () => void;
  /** Counts of the group's rows, a list per column in the order of the columns. */
  counts: readonly (readonly CaseCount[])[];
  /** For each column the place of the one that it is compared with; null in the reference's own columns. */
  references: readonly (number | null)[];
};

/** A group of cases: its rate per column with the interval over its prompts, how many pass every time, and better or worse. */
export function GroupRow({ group, shown, isOpen, onToggle, counts, references }: GroupRowProps) {
  return (
    <tr className="bg-band">
      <th
        scope="rowgroup"
        className="border-line bg-band sticky left-0 z-10 border-r border-b p-0 text-left font-medium"
      >
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="hover:bg-sunken flex h-13 w-full items-center gap-1.5 px-3 text-left -outline-offset-2"
        >
          <ChevronRight
            size={14}
            aria-hidden
            className={cn("shrink-0 transition-transform duration-150", isOpen && "rotate-90")}
          />
          <span className="min-w-0">
            {GROUP_WORDS[group]}
            <span className="text-muted block text-[13px] font-normal">
              {casesWords(shown, counts[0] ?? [])}
            </span>
          </span>
        </button>
      </th>
      {counts.map((own, column) => {
        const reference = references[column];
        return (
          <GroupCell
            // oxlint-disable-next-line react/no-array-index-key -- a column is its place
            key={column}
            counts={own}
            reference={reference === null || reference === undefined ? null : (counts[reference] ?? null)}
          />
        );
      })}
    </tr>
  );
}

/** "7 cases", or "2 of 7 cases" where a filter leaves some out. */
function casesWords(shown: number, rows: readonly CaseCount[]): string {
  const all = new Set(rows.map(({ caseId }) => caseId)).size;
  return shown === all ? formatPlural(all, "case") : `${shown} of ${formatPlural(all, "case")}`;
}

type GroupCellProps = { counts: readonly CaseCount[]; reference: readonly CaseCount[] | null };

function GroupCell({ counts, reference }: GroupCellProps) {
  // Two thousand draws each: only when a count has changed.
  const [drawn, setDrawn] = useState({ counts, reference });
  if (JSON.stringify(drawn) !== JSON.stringify({ counts, reference })) setDrawn({ counts, reference });
  const { rate, comparison } = useMemo(() => summaryOf(drawn), [drawn]);
  const measured = byCase(counts).filter(({ of }) => of > 0);
  const always = measured.filter(({ passes, of }) => passes === of).length;
  if (rate === null) {
    return (
      <td className="border-line text-faint figures border-b px-3">
        <span aria-hidden>–</span>
        <span className="sr-only">not measured</span>
      </td>
    );
  }
  return (
    <td
      className="border-line border-b px-3 align-middle"
      title={`${percent(rate.rate)} % of what was measured passed, each case counting the same${rate.low === rate.high ? "" : `; with other prompts like these ${intervalWords(rate)} would`}. ${always} of ${formatPlural(measured.length, "case")} passed every time.`}
    >
      <span className="flex max-w-72 items-baseline justify-between gap-2">
        <span className="figures whitespace-nowrap">{`${percent(rate.rate)} %`}</span>
        <span className="text-muted truncate text-[12px]">{`${always}/${measured.length} every time`}</span>
      </span>
      <IntervalBar {...rate} tone="mean" />
      {rate.low === rate.high ? null : <span className="sr-only">{intervalWords(rate)}</span>}
      <span
        className={cn(
          "block h-4 text-[12px] leading-4",
          comparison?.word === "worse"
            ? "text-danger"
            : comparison?.word === "better"
              ? "text-ok"
              : "text-muted",
        )}
        title={
          comparison === null || comparison.difference === null
            ? undefined
            : `Against the reference: ${pointsWords(comparison.difference)}`
        }
      >
        {comparison?.word}
      </span>
    </td>
  );
}

function summaryOf({ counts, reference }: GroupCellProps) {
  return {
    rate: groupRate(byCase(counts)),
    comparison: reference === null ? null : compareCases(pairsOf(counts, reference)),
  };
}

/** One count for each case: its modes ask one prompt, so they are no trials of two. */
function byCase(counts: readonly CaseCount[]): readonly Count[] {
  const cases = new Map<string, Count>();
  for (const count of counts) cases.set(count.caseId, sum(cases.get(count.caseId), count));
  return [...cases.values()];
}

/** Cases in both columns, by the rows that were measured in both. */
function pairsOf(counts: readonly CaseCount[], reference: readonly CaseCount[]): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const [row, other] of counts.entries()) {
    const one = reference[row];
    if (one === undefined || one.of === 0 || other.of === 0) continue;
    const pair = pairs.get(other.caseId);
    pairs.set(other.caseId, { reference: sum(pair?.reference, one), other: sum(pair?.other, other) });
  }
  return [...pairs.values()];
}

function sum(one: Count | undefined, { passes, of }: Count): Count {
  return { passes: (one?.passes ?? 0) + passes, of: (one?.of ?? 0) + of };
}
