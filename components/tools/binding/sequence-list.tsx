"use client";

import { Plus } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/fields/segmented";
import type { Mock } from "@/lib/tools/tool";

import { ResultField } from "./result-field";
import { RowButtons } from "./row-buttons";
import { moved } from "./rule-cells";
import { useRowFocus } from "./use-row-focus";

type Sequence = Extract<Mock, { readonly by: "sequence" }>;

type SequenceListProps = { mock: Sequence; onChange: (mock: Sequence) => void };

/** Results that calls get in their order, and what comes after the last. */
export function SequenceList({ mock, onChange }: SequenceListProps) {
  const { list, follow, onKeyDown } = useRowFocus();
  const { results } = mock;
  const change = (next: Sequence["results"]) => onChange({ ...mock, results: next });
  const move = (from: number, to: number) => {
    const next = moved(results, from, to);
    if (next === results) return;
    follow(to);
    change(next);
  };
  return (
    <div className="grid gap-2">
      <p className="text-muted text-[13px]">
        The first call gets the first result, the next call the next one.
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={list} onKeyDown={(event) => onKeyDown(event, move)} className="grid gap-2">
        {results.map((result, index) => (
          // Results have no name of their own; the focus follows one that moves by itself.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} data-row="" className="flex items-start gap-2">
            <span className="text-muted w-4 pt-2 text-[13px] pointer-coarse:pt-3">{index + 1}</span>
            <ResultField
              label={`Result of call ${index + 1}`}
              result={result}
              onChange={(next) => change(results.with(index, next))}
              className="flex-1"
            />
            <RowButtons
              name={`result ${index + 1}`}
              index={index}
              count={results.length}
              onMove={(to) => move(index, to)}
              onRemove={() => {
                follow(index);
                change(results.toSpliced(index, 1));
              }}
            />
          </div>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="small"
          onClick={() => {
            follow(results.length);
            change([...results, { output: "", isError: false }]);
          }}
        >
          <Plus size={13} aria-hidden />
          Add a result
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-2 text-[13px]">
        <span className="text-muted">After the last</span>
        <Segmented
          label="After the last result"
          value={mock.after}
          options={[
            { value: "last", label: "repeat it" },
            { value: "first", label: "start again" },
            { value: "ask", label: "ask me" },
          ]}
          onChange={(after) => onChange({ ...mock, after })}
        />
      </div>
    </div>
  );
}
