"use client";

import { useCallback, useMemo, useState } from "react";

import { cn } from "@/components/ui/cn";
import { Select } from "@/components/ui/fields/select";
import { loadedPart } from "@/components/ui/loaded-part";
import { PanelFrame } from "@/components/ui/panel/panel-frame";
import { FAULT_WORDS } from "@/lib/verify/fault-words";
import { arranged, matrixOf, type MatrixOrder } from "@/lib/verify/matrix/matrix";
import { FAULT_CLASSES, type FaultClass, type Trial } from "@/lib/verify/trial";
import type { VerifyRun } from "@/lib/verify/verify-run";

import { type CellPlace, MatrixTable } from "./matrix-table";

const TrialPanel = loadedPart(
  async () => (await import("@/components/verify/trial/trial-panel")).TrialPanel,
  {
    frame: (message, { onClose }) => <PanelFrame onClose={onClose}>{message}</PanelFrame>,
  },
);

type MatrixViewProps = {
  run: VerifyRun;
  /** Index of the lane that the others are compared with. */
  reference: number;
  /** Otherwise another view stands in its place, and the panel of a cell waits. */
  isShown: boolean;
  onReference: (lane: number) => void;
  onTape: (trial: Trial) => void;
};

const ORDERS = [
  { value: "suite", label: "In the suite's order" },
  { value: "worst", label: "Fewest passes first" },
  { value: "differs", label: "Largest difference first" },
] as const satisfies readonly { value: MatrixOrder; label: string }[];

/** The matrix of a run, sorted and filtered as a person wants it. */
export function MatrixView({ run, reference, isShown, onReference, onTape }: MatrixViewProps) {
  const [open, setOpen] = useState<CellPlace | null>(null);
  const [order, setOrder] = useState<MatrixOrder>("suite");
  const [faults, setFaults] = useState<ReadonlySet<FaultClass>>(new Set());
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const matrix = useMemo(() => matrixOf(run, reference), [run, reference]);
  const groups = useMemo(() => arranged(matrix, { faults, order }), [matrix, faults, order]);
  const counts = useMemo(() => faultCounts(run), [run]);
  const openCell = useCallback(
    (row: string, column: number) =>
      setOpen((before) => (before?.row === row && before.column === column ? null : { row, column })),
    [],
  );
  const row = matrix.groups.flatMap(({ rows }) => rows).find(({ key }) => key === open?.row);
  const column = open === null ? undefined : matrix.columns[open.column];
  return (
    <>
      <div className="border-line flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-3 py-2 max-[720px]:flex-nowrap max-[720px]:overflow-x-auto">
        <Select
          aria-label="Order of the rows"
          value={order}
          options={ORDERS}
          onChange={(value) => setOrder(ORDERS.find((each) => each.value === value)?.value ?? "suite")}
        />
        <FaultFilter counts={counts} chosen={faults} onChange={setFaults} />
      </div>
      {groups.length === 0 ? (
        <p className="text-muted p-4">
          {faults.size === 0 ? "This run has no trial yet." : "No trial failed in this way."}
        </p>
      ) : (
        <div
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a section would be one more landmark
          role="group"
          aria-label="Matrix"
          className="min-h-0 flex-1 overflow-auto"
        >
          <MatrixTable
            matrix={matrix}
            groups={groups}
            closed={closed}
            faults={faults}
            open={open}
            onToggle={(group) => setClosed((before) => toggled(before, group))}
            onReference={onReference}
            onOpen={openCell}
          />
        </div>
      )}
      {row === undefined || column === undefined || !isShown ? null : (
        <TrialPanel
          run={run}
          matrix={matrix}
          row={row}
          column={column}
          onTape={(trial) => {
            setOpen(null);
            onTape(trial);
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

type FaultFilterProps = {
  counts: ReadonlyMap<FaultClass, number>;
  chosen: ReadonlySet<FaultClass>;
  onChange: (faults: ReadonlySet<FaultClass>) => void;
};

/** Fault classes that occur, each with how many trials failed in it. */
function FaultFilter({ counts, chosen, onChange }: FaultFilterProps) {
  const shown = FAULT_CLASSES.filter((fault) => counts.has(fault) || chosen.has(fault));
  if (shown.length === 0) return null;
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- chips in a bar, not a form
      role="group"
      aria-label="Only rows with this fault"
      className="flex min-w-0 flex-1 basis-60 flex-wrap gap-1 max-[720px]:basis-auto max-[720px]:flex-nowrap"
    >
      {shown.map((fault) => (
        <button
          key={fault}
          type="button"
          aria-pressed={chosen.has(fault)}
          onClick={() => onChange(toggled(chosen, fault))}
          className={cn(
            "rounded-inner shrink-0 border px-2 text-[13px] whitespace-nowrap",
            chosen.has(fault)
              ? "border-accent bg-accent-soft text-text"
              : "border-line text-muted hover:bg-sunken hover:text-text",
          )}
        >
          {FAULT_WORDS[fault]} <span className="figures">{counts.get(fault) ?? 0}</span>
        </button>
      ))}
    </div>
  );
}

function faultCounts({ trials }: VerifyRun): ReadonlyMap<FaultClass, number> {
  const counts = new Map<FaultClass, number>();
  for (const { verdict } of trials) {
    if (verdict.verdict === "fail") counts.set(verdict.fault, (counts.get(verdict.fault) ?? 0) + 1);
  }
  return counts;
}

function toggled<T>(before: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(before);
  if (!next.delete(value)) next.add(value);
  return next;
}
