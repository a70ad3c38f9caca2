"use client";

import { Field } from "@/components/ui/fields/field";
import { Select } from "@/components/ui/fields/select";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useRecordedRuns } from "@/lib/session/hooks/use-session";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { Mock } from "@/lib/tools/tool";

type Recorded = Extract<Mock, { readonly by: "recorded" }>;

type RecordedChoiceProps = { toolName: string; mock: Recorded; onChange: (mock: Recorded) => void };

const KEPT = "kept";

/** Picks the earlier run whose results answer, and lists them. */
export function RecordedChoice({ toolName, mock, onChange }: RecordedChoiceProps) {
  const runs = useRecordedRuns(toolName);
  const chosen = runs.find(({ label, calls }) => label === mock.from && calls.length === mock.calls.length);
  if (runs.length === 0 && mock.calls.length === 0)
    return (
      <p className="text-muted text-[13px]">
        In this comparison no call of {showMarks(toolName)} has a result yet. Run a prompt first, then choose
        that run here.
      </p>
    );
  const kept = { value: KEPT, label: mock.from === "" ? "Choose a run…" : showMarks(mock.from) };
  return (
    <div className="grid gap-2">
      <Field
        label="Earlier run"
        hint="A call gets the result that the same arguments got; any other call asks you."
      >
        {(control) => (
          <Select
            {...control}
            className="w-full"
            value={chosen?.id ?? KEPT}
            options={[
              ...(chosen === undefined ? [kept] : []),
              ...runs.map(({ id, label, calls }) => ({
                value: id,
                label: `${showMarks(label)}: ${formatPlural(calls.length, "result")}`,
              })),
            ]}
            onChange={(id) => {
              const run = runs.find((each) => each.id === id);
              if (run !== undefined) onChange({ by: "recorded", from: run.label, calls: run.calls });
            }}
          />
        )}
      </Field>
      <ol aria-label="Recorded results" className="figures grid max-h-48 gap-1 overflow-y-auto text-[13px]">
        {mock.calls.map(({ args, result }, index) => (
          // A list that never changes its order.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className="[overflow-wrap:anywhere]">
            <span className="text-muted">{showMarks(JSON.stringify(args))}</span> →{" "}
            <span className={result.isError ? "text-danger" : ""}>
              {showMarks(result.output.slice(0, 500))}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
