"use client";

import { NumberField } from "@/components/ui/fields/number-field";
import { Segmented } from "@/components/ui/fields/segmented";
import type { ToolBinding, ToolDefinition } from "@/lib/tools/tool";
import type { Mock } from "@/lib/tools/tool";

import { RecordedChoice } from "./recorded-choice";
import { ResultField } from "./result-field";
import { RuleTable } from "./rule-table";
import { SequenceList } from "./sequence-list";
import { useLatestOf } from "./use-latest-of";

type MockBinding = Extract<ToolBinding, { readonly kind: "mock" }>;

type MockEditorProps = {
  tool: ToolDefinition;
  binding: MockBinding;
  onChange: (binding: MockBinding) => void;
};

const LONGEST_DELAY_MS = 600_000;

/** An invented result: how it is chosen, and how long it takes. What was written for another way comes back with it. */
export function MockEditor({ tool, binding, onChange }: MockEditorProps) {
  const { mock } = binding;
  const latest = useLatestOf<Mock["by"], Mock>(mock.by, mock);
  const change = (next: Mock) => onChange({ ...binding, mock: next });
  const choose = (by: Mock["by"]) => change(latest.get(by) ?? turnedInto(mock, by));
  return (
    <div className="grid gap-3">
      <Segmented
        label="How a result is chosen"
        value={mock.by}
        options={[
          { value: "fixed", label: "Fixed" },
          { value: "arguments", label: "By arguments" },
          { value: "sequence", label: "In order" },
          { value: "recorded", label: "Recorded" },
        ]}
        onChange={choose}
        className="justify-self-start"
      />
      <HowChosen tool={tool} mock={mock} onChange={change} />
      <NumberField
        label="Delay (ms)"
        hint="before the result"
        placeholder="none"
        value={binding.delayMs === 0 ? null : binding.delayMs}
        min={0}
        max={LONGEST_DELAY_MS}
        integer
        onChange={(delay) => onChange({ ...binding, delayMs: delay ?? 0 })}
        className="w-40"
      />
    </div>
  );
}

type HowChosenProps = { tool: ToolDefinition; mock: Mock; onChange: (mock: Mock) => void };

function HowChosen({ tool, mock, onChange }: HowChosenProps) {
  switch (mock.by) {
    case "fixed":
      return (
        <ResultField
          label="Result of every call"
          result={mock.result}
          onChange={(result) => onChange({ ...mock, result })}
        />
      );
    case "arguments":
      return (
        <RuleTable
          parameters={tool.parameters}
          rules={mock.rules}
          onChange={(rules) => onChange({ ...mock, rules })}
        />
      );
    case "sequence":
      return <SequenceList mock={mock} onChange={onChange} />;
    case "recorded":
      return <RecordedChoice toolName={tool.name} mock={mock} onChange={onChange} />;
  }
}

/** The mock chosen in another way, with the results that it already has. */
function turnedInto(mock: Mock, by: Mock["by"]): Mock {
  if (mock.by === by) return mock;
  const results = resultsOf(mock);
  const [first = { output: "", isError: false }] = results;
  switch (by) {
    case "fixed":
      return { by, result: first };
    case "arguments":
      return { by, rules: rulesOf(mock) };
    case "sequence":
      return { by, results: results.length === 0 ? [first] : results, after: "last" };
    case "recorded":
      return { by, from: "", calls: [] };
  }
}

function resultsOf(mock: Mock) {
  switch (mock.by) {
    case "fixed":
      return [mock.result];
    case "arguments":
      return mock.rules.map(({ result }) => result);
    case "sequence":
      return mock.results;
    case "recorded":
      return mock.calls.map(({ result }) => result);
  }
}

function rulesOf(mock: Mock) {
  if (mock.by === "recorded") return mock.calls.map(({ args, result }) => ({ when: args, result }));
  const [result = { output: "", isError: false }] = resultsOf(mock);
  return [{ when: "*" as const, result }];
}
