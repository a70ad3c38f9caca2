"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { JsonDiff } from "@/components/ui/code/json-diff";
import { showMarks } from "@/lib/markdown/visible-marks";
import { SCHEMA_FIXES, type SchemaFixId } from "@/lib/tools/schema/fix/schema-fixes";
import type { ToolDefinition } from "@/lib/tools/tool";

type QuickFixesProps = {
  tool: ToolDefinition;
  fixes: readonly SchemaFixId[];
  onFix: (tool: ToolDefinition) => void;
};

/** The fixes that the tool's problems have, each with what it would change before it does. */
export function QuickFixes({ tool, fixes, onFix }: QuickFixesProps) {
  const [chosen, setChosen] = useState<SchemaFixId | null>(null);
  const useful = fixes.filter((id) => changes(tool, id));
  const open = chosen !== null && useful.includes(chosen) ? chosen : null;
  if (useful.length === 0) return null;
  const fixed = open === null ? null : SCHEMA_FIXES[open].apply(tool.parameters);
  return (
    <div className="grid gap-2">
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">Quick fixes</legend>
        {useful.map((id) => (
          <Button
            key={id}
            size="small"
            aria-expanded={id === open}
            onClick={() => setChosen(id === open ? null : id)}
          >
            {SCHEMA_FIXES[id].label}
          </Button>
        ))}
      </fieldset>
      {open === null || fixed === null ? null : (
        <section
          aria-label={`What “${SCHEMA_FIXES[open].label}” changes`}
          className="border-line-strong rounded-inner grid gap-2 border p-2"
        >
          <p className="text-muted text-[13px]">{SCHEMA_FIXES[open].does}</p>
          <JsonDiff
            label="What the fix changes"
            before={showMarks(written(tool.parameters))}
            after={showMarks(written(fixed))}
          />
          <div className="flex gap-2">
            <Button
              kind="primary"
              size="small"
              onClick={() => {
                setChosen(null);
                onFix({ ...tool, parameters: fixed });
              }}
            >
              Apply
            </Button>
            <Button size="small" onClick={() => setChosen(null)}>
              Cancel
            </Button>
          </div>
        </section>
      )}
    </div>
  );
}

function changes({ parameters }: ToolDefinition, id: SchemaFixId): boolean {
  return written(SCHEMA_FIXES[id].apply(parameters)) !== written(parameters);
}

function written(value: ToolDefinition["parameters"]): string {
  return JSON.stringify(value, null, 2);
}
