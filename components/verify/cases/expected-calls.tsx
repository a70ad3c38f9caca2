"use client";

import { Plus, X } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/fields/field";
import { Select } from "@/components/ui/fields/select";
import { TextArea } from "@/components/ui/fields/text-area";
import { IconButton } from "@/components/ui/icon-button";
import type { CaseTool } from "@/lib/verify/case";

import type { EditedCall } from "./expected";

type ExpectedCallsProps = {
  calls: readonly EditedCall[];
  tools: readonly CaseTool[];
  onChange: (calls: readonly EditedCall[]) => void;
};

/** The calls that a good answer makes, in any order: a tool and its arguments each. */
export function ExpectedCalls({ calls, tools, onChange }: ExpectedCallsProps) {
  const set = (index: number, change: Partial<EditedCall>) =>
    onChange(calls.map((call, other) => (other === index ? { ...call, ...change } : call)));
  return (
    <div className="grid w-full gap-3">
      {calls.map((call, index) => (
        <div
          // oxlint-disable-next-line react/no-array-index-key -- a call is its place
          key={index}
          className="border-line rounded-outer grid gap-2 border p-3"
        >
          <div className="flex items-end gap-2">
            <Field label={`Call ${index + 1}`} className="min-w-0 flex-1">
              {(control) => (
                <Select
                  {...control}
                  value={call.name}
                  options={[
                    { value: "", label: tools.length === 0 ? "Choose tools first" : "Choose a tool" },
                    ...(call.name === "" || tools.some(({ name }) => name === call.name)
                      ? []
                      : [{ value: call.name, label: `${call.name} (not offered)` }]),
                    ...tools.map(({ name }) => ({ value: name, label: name })),
                  ]}
                  onChange={(name) => set(index, { name })}
                />
              )}
            </Field>
            <IconButton
              label={`Remove call ${index + 1}`}
              onClick={() => onChange(calls.filter((_, other) => other !== index))}
            >
              <X size={14} aria-hidden />
            </IconButton>
          </div>
          <Field
            label="Arguments"
            hint={
              call.rules === null
                ? "A JSON object. Each argument must have this value; 2 and 2.0 are one."
                : "Rules that came with the case. They stay as they are."
            }
          >
            {(control) => (
              <TextArea
                {...control}
                rows={2}
                readOnly={call.rules !== null}
                value={call.text}
                onChange={(event) => set(index, { text: event.target.value })}
                className="figures"
              />
            )}
          </Field>
        </div>
      ))}
      <Button
        size="small"
        className="justify-self-start"
        onClick={() => onChange([...calls, { name: "", text: "{}", rules: null }])}
      >
        <Plus size={14} aria-hidden />
        Another call
      </Button>
    </div>
  );
}
