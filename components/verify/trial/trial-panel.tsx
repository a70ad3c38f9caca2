"use client";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Panel } from "@/components/ui/panel/panel";
import { modeWords, referenceOf } from "@/components/verify/matrix/matrix-table";
import { BLAME_WORDS, intervalWords, pointsWords, verdictWords } from "@/components/verify/verify-words";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCost, formatCount, formatPlural, formatSeconds } from "@/lib/stream/figures/format-number";
import {
  columnWords,
  type Matrix,
  type MatrixCell,
  type MatrixColumn,
  type MatrixRow,
} from "@/lib/verify/matrix/matrix";
import { placeWords } from "@/lib/verify/report/place-words";
import { compareCase } from "@/lib/verify/statistics/compare";
import { wilson } from "@/lib/verify/statistics/counts";
import type { Trial, TrialFigures } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

type TrialPanelProps = {
  run: VerifyRun;
  matrix: Matrix;
  row: MatrixRow;
  column: MatrixColumn;
  /** Opens the trial's tape. */
  onTape: (trial: Trial) => void;
  onClose: () => void;
};

/** What one cell is made of: the case, the rate with its interval, and each trial with its verdict. */
export function TrialPanel({ run, matrix, row, column, onTape, onClose }: TrialPanelProps) {
  const cell = matrix.cell(row, column);
  const asked = run.suite.cases.find(({ id }) => id === row.caseId);
  return (
    <Panel title={`Case ${row.caseId}: ${showMarks(row.title)}`} kind="side" onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <section className="border-line grid gap-2 border-b px-4 py-3">
          <p className="text-muted [overflow-wrap:anywhere]">
            {`${showMarks(columnWords(column))} · ${modeWords(row)}`}
          </p>
          {(asked?.prompts ?? []).map(({ text }, index) => (
            <blockquote
              // oxlint-disable-next-line react/no-array-index-key -- prompts of a case are their places
              key={index}
              dir="auto"
              className="border-line-strong max-h-40 overflow-y-auto border-l-2 pl-3 [overflow-wrap:anywhere] whitespace-pre-wrap"
            >
              {showMarks(text)}
            </blockquote>
          ))}
          {asked === undefined || asked.tools.length === 0 ? null : (
            <p className="text-muted text-[13px]">
              {`Offers ${asked.tools.map(({ name }) => name).join(", ")}.`}
            </p>
          )}
          <Rate cell={cell} {...referenceCell(matrix, row, column)} repetitions={run.repetitions} />
        </section>
        {cell.trials.length === 0 ? (
          <p className="text-muted p-4">No trial of this cell has ended yet.</p>
        ) : (
          <ol aria-label="Trials">
            {cell.trials.map((trial) => (
              <TrialRow key={trial.key.repetition} trial={trial} onTape={() => onTape(trial)} />
            ))}
          </ol>
        )}
      </div>
    </Panel>
  );
}

function referenceCell(matrix: Matrix, row: MatrixRow, column: MatrixColumn) {
  const place = referenceOf(matrix.columns, column);
  const other = place === null ? undefined : matrix.columns[place];
  return { reference: other === undefined ? null : matrix.cell(row, other) };
}

type RateProps = { cell: MatrixCell; reference: MatrixCell | null; repetitions: number };

function Rate({ cell, reference, repetitions }: RateProps) {
  const { passes, measured, trials, isFlaky } = cell;
  const interval = wilson({ passes, of: measured });
  const left = repetitions - trials.length;
  const comparison =
    reference === null
      ? null
      : compareCase({
          reference: { passes: reference.passes, of: reference.measured },
          other: { passes, of: measured },
        });
  const unmeasured = trials.length - measured;
  return (
    <p>
      <strong className="font-medium">
        {measured === 0 ? "Nothing was measured." : `${passes} of ${measured} passed`}
      </strong>
      {interval === null
        ? null
        : `: with 95 % certainty the rate is in ${intervalWords(interval)}.${isFlaky ? " Flaky: not every time." : ""}`}
      {unmeasured === 0 ? null : ` ${formatPlural(unmeasured, "trial")} not measured.`}
      {left <= 0 ? null : ` ${formatPlural(left, "trial")} to go.`}
      {comparison === null || measured === 0 ? null : (
        <span className="block">
          {comparison.word === "not enough"
            ? comparison.why === "few"
              ? "Not enough trials to compare with the reference."
              : "Not enough to tell it from the reference."
            : `${comparison.word === "worse" ? "Worse" : "Better"} than the reference: ${pointsWords(comparison.difference)}.`}
        </span>
      )}
    </p>
  );
}

function TrialRow({ trial, onTape }: { trial: Trial; onTape: () => void }) {
  const { verdict, key } = trial;
  const why = verdict.verdict === "pass" ? null : verdict.why;
  return (
    <li className="border-line grid gap-1 border-b px-4 py-3">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="figures text-muted">{`#${key.repetition + 1}`}</span>
        <span
          className={cn(
            "font-medium",
            verdict.verdict === "pass" && "text-ok",
            verdict.verdict === "fail" && "text-danger",
          )}
        >
          {verdictWords(verdict)}
        </span>
        {verdict.verdict === "fail" ? (
          <span className="text-muted">{`blame: ${BLAME_WORDS[verdict.blame]}`}</span>
        ) : null}
        <Button size="small" className="ml-auto" onClick={onTape}>
          Show tape
        </Button>
      </span>
      {why === null ? null : <p className="[overflow-wrap:anywhere] whitespace-pre-wrap">{showMarks(why)}</p>}
      {verdict.verdict === "fail" && verdict.evidence.length > 0 ? (
        <p className="text-muted text-[13px]">{`Seen in ${verdict.evidence.map(placeWords).join("; ")}.`}</p>
      ) : null}
      <p className="figures text-muted text-[12px]">{figureWords(trial.figures).join(" · ")}</p>
    </li>
  );
}

function figureWords(figures: TrialFigures): readonly string[] {
  const {
    totalMs,
    firstCallMs,
    outputTokens,
    reasoningTokens,
    promptTokens,
    costUsd,
    steps,
    calls,
    retries,
    confirmations,
  } = figures;
  return [
    formatSeconds(totalMs),
    ...(firstCallMs === null ? [] : [`first call ${formatSeconds(firstCallMs)}`]),
    `${formatCount(promptTokens)} in`,
    `${formatCount(outputTokens)} out`,
    ...(reasoningTokens === null || reasoningTokens === 0
      ? []
      : [`${formatCount(reasoningTokens)} thinking`]),
    ...(costUsd === null ? [] : [formatCost(costUsd)]),
    formatPlural(steps, "step"),
    formatPlural(calls, "call"),
    ...(retries === 0 ? [] : [formatPlural(retries, "retry", "retries")]),
    ...(confirmations === 0 ? [] : ["asked once more what the model wrote"]),
  ];
}
