"use client";

import { Field } from "@/components/ui/fields/field";
import { Select } from "@/components/ui/fields/select";
import { showMarks } from "@/lib/markdown/visible-marks";
import { asObject } from "@/lib/stream/turn/json-read";
import { findRunner, RUNNERS } from "@/lib/tools/runners/registry";
import { isStateful, type ToolBinding, type ToolDefinition } from "@/lib/tools/tool";

type BuiltIn = Extract<ToolBinding, { readonly kind: "page" }>;

type BuiltInChoiceProps = {
  tool: ToolDefinition;
  binding: BuiltIn;
  onChange: (binding: BuiltIn) => void;
};

/** Picks one of the tools that Vitrine has itself. */
export function BuiltInChoice({ tool, binding, onChange }: BuiltInChoiceProps) {
  const runner = findRunner(binding.name);
  const wants = Object.keys(asObject(runner?.parameters["properties"]) ?? {});
  const has = new Set(Object.keys(asObject(tool.parameters["properties"]) ?? {}));
  const missing = wants.filter((name) => !has.has(name));
  return (
    <div className="grid gap-2">
      <Field
        label="Built-in"
        hint={runner?.description}
        error={runner === null ? `Vitrine has no built-in "${showMarks(binding.name)}". Choose one.` : null}
      >
        {(control) => (
          <Select
            {...control}
            className="w-60"
            value={binding.name}
            options={[
              ...(runner === null ? [{ value: binding.name, label: showMarks(binding.name) }] : []),
              ...RUNNERS.map(({ name }) => ({
                value: name,
                label: isStateful({ kind: "page", name }) ? `${name} (keeps state)` : name,
              })),
            ]}
            onChange={(name) => onChange({ kind: "page", name })}
          />
        )}
      </Field>
      {runner === null || missing.length === 0 ? null : (
        <p className="text-warn text-[13px]">
          It reads the {missing.length === 1 ? "argument" : "arguments"}{" "}
          <code className="figures">{missing.join(", ")}</code>, which this tool&rsquo;s schema does not have.
        </p>
      )}
    </div>
  );
}
