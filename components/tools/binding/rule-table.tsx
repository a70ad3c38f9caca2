"use client";

import { Plus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/fields/text-field";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { JsonObject } from "@/lib/stream/turn/json";
import type { MockRule } from "@/lib/tools/tool";

import { ResultField } from "./result-field";
import { RowButtons } from "./row-buttons";
import { cellText, moved, readCell, type RuleColumn, ruleColumns, withCell } from "./rule-cells";
import { useRowFocus } from "./use-row-focus";

type RuleTableProps = {
  parameters: JsonObject;
  rules: readonly MockRule[];
  onChange: (rules: readonly MockRule[]) => void;
};

/** Cells that hold no value yet, by their rule and column. */
type Typed = ReadonlyMap<MockRule, ReadonlyMap<string, string>>;

// What is typed and cannot be saved outlives the editor, as long as the tab.
let typedBefore: Typed = new Map();

/** The rules of a mock: a row for each, a column for each argument, and the result. */
export function RuleTable({ parameters, rules, onChange }: RuleTableProps) {
  const [typed, setTyped] = useState<Typed>(typedBefore);
  const { list, follow, onKeyDown } = useRowFocus();
  const columns = ruleColumns(parameters, rules);
  const keep = (next: Typed) => {
    typedBefore = next;
    setTyped(next);
  };
  const move = (from: number, to: number) => {
    const next = moved(rules, from, to);
    if (next === rules) return;
    follow(to);
    onChange(next);
  };
  /** Puts a rule in another's place, with what is typed for its other cells. */
  const replace = (old: MockRule, rule: MockRule, cells: ReadonlyMap<string, string>) => {
    const rest = [...typed].filter(([each]) => each !== old);
    keep(new Map(cells.size === 0 ? rest : [...rest, [rule, cells]]));
    if (rule !== old) onChange(rules.map((each) => (each === old ? rule : each)));
  };
  const typeCell = (rule: MockRule, column: RuleColumn, text: string) => {
    const cells = new Map(typed.get(rule));
    const read = readCell(text, column);
    if (read.ok) cells.delete(column.name);
    else cells.set(column.name, text);
    replace(rule, read.ok ? withCell(rule, column, read.value) : rule, cells);
  };
  const add = () => {
    const fresh: MockRule = { when: "*", result: { output: "", isError: false } };
    // A rule behind one that matches every call would never be reached.
    const last = rules.at(-1)?.when === "*" ? rules.length - 1 : rules.length;
    follow(last);
    onChange(rules.toSpliced(last, 0, fresh));
  };
  return (
    <div className="grid gap-2">
      <p className="text-muted text-[13px]">
        The first rule that matches answers. An empty cell matches anything, <code>*</code> any text in a
        value; case does not matter. Without a match you are asked.
      </p>
      {/* Its cells hold the focus; the arrow keys with Alt move their rows. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={list}
        onKeyDown={(event) => onKeyDown(event, move)}
        className="border-line rounded-inner overflow-x-auto border"
      >
        <table className="w-full text-left text-[13px]">
          <thead className="text-muted">
            <tr className="border-line border-b">
              <th className="px-2 py-1 font-normal">#</th>
              {columns.map(({ name }) => (
                <th key={name} className="figures max-w-40 truncate px-1 py-1 font-normal">
                  {showMarks(name)}
                </th>
              ))}
              <th className="px-1 py-1 font-normal">result</th>
              <th className="px-1 py-1 font-normal">
                <span className="sr-only">order</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule, index) => (
              <tr
                // Rules have no name of their own; the focus follows one that moves by itself.
                // oxlint-disable-next-line react/no-array-index-key
                key={index}
                data-row=""
                className="border-line border-b align-top last:border-b-0"
              >
                <td className="text-muted px-2 py-2.5 pointer-coarse:py-4">{index + 1}</td>
                {columns.map((column) => (
                  <td key={column.name} className="px-1 py-1">
                    <Cell
                      label={`Rule ${index + 1}, ${showMarks(column.name)}`}
                      text={typed.get(rule)?.get(column.name) ?? cellText(rule, column)}
                      isWrong={typed.get(rule)?.has(column.name) ?? false}
                      onType={(text) => typeCell(rule, column, text)}
                    />
                  </td>
                ))}
                <td className="w-full min-w-36 px-1 py-1">
                  <ResultField
                    label={`Result of rule ${index + 1}`}
                    result={rule.result}
                    onChange={(result) => replace(rule, { ...rule, result }, new Map(typed.get(rule)))}
                  />
                </td>
                <td className="py-1.5 pr-1">
                  <RowButtons
                    name={`rule ${index + 1}`}
                    index={index}
                    count={rules.length}
                    onMove={(to) => move(index, to)}
                    onRemove={() => {
                      follow(index);
                      onChange(rules.toSpliced(index, 1));
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {rules.length === 0 ? (
          <p className="text-muted px-2 py-1.5 text-[13px]">No rules: you are asked.</p>
        ) : null}
      </div>
      <output className="text-danger text-[13px] empty:hidden">{wrongCells(rules, columns, typed)}</output>
      <div>
        <Button size="small" onClick={add}>
          <Plus size={13} aria-hidden />
          Add a rule
        </Button>
      </div>
    </div>
  );
}

type CellProps = { label: string; text: string; isWrong: boolean; onType: (text: string) => void };

function Cell({ label, text, isWrong, onType }: CellProps) {
  return (
    <TextField
      aria-label={label}
      value={text}
      placeholder="anything"
      {...(isWrong ? { "aria-invalid": true } : {})}
      onChange={(event) => onType(event.target.value)}
      className="figures w-full min-w-24"
    />
  );
}

function wrongCells(rules: readonly MockRule[], columns: readonly RuleColumn[], typed: Typed): string | null {
  for (const [index, rule] of rules.entries()) {
    for (const column of columns) {
      const text = typed.get(rule)?.get(column.name);
      const read = text === undefined ? null : readCell(text, column);
      if (read?.ok === false) return `Not saved: rule ${index + 1}, ${read.message}`;
    }
  }
  return null;
}
