"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { focusOnMount } from "@/components/ui/focus-on-mount";
import { Segmented } from "@/components/ui/segmented";
import { TextField } from "@/components/ui/text-field";
import type { EffortOptions } from "@/lib/providers/effort";

type EffortFieldProps = {
  value: string | null;
  options: EffortOptions;
  onChange: (effort: string | null) => void;
};

// Never a value of a provider: they are words.
const UNSENT = "\u0000unsent";

/** The efforts of the model's family, "not sent", and any other text, marked as unverified. */
export function EffortField({ value, options, onChange }: EffortFieldProps) {
  const isListed = value === null || options.values.includes(value);
  const [isTyping, setIsTyping] = useState(false);
  const showsText = isTyping || !isListed || (options.values.length === 0 && !options.verified);
  const choices = [
    { value: UNSENT, label: "not sent" },
    ...options.values.map((effort) => ({ value: effort, label: effort })),
    ...(isListed || value === null ? [] : [{ value, label: value }]),
  ];
  return (
    <div className="grid gap-2">
      <Segmented
        label="Effort"
        value={value ?? UNSENT}
        options={choices}
        onChange={(effort) => {
          setIsTyping(false);
          onChange(effort === UNSENT ? null : effort);
        }}
        className="justify-self-start"
      />
      {showsText ? (
        <Field label="Another value" hint="Unverified: sent as you type it.">
          {(control) => (
            <TextField
              {...control}
              ref={isTyping ? focusOnMount : null}
              value={isListed && !isTyping && value !== null ? "" : (value ?? "")}
              onChange={(event) =>
                onChange(event.target.value.trim() === "" ? null : event.target.value.trim())
              }
              className="w-full"
            />
          )}
        </Field>
      ) : (
        <Button kind="quiet" size="small" className="justify-self-start" onClick={() => setIsTyping(true)}>
          Type another value
        </Button>
      )}
      {options.note === null ? null : <p className="text-muted text-[13px]">{options.note}</p>}
    </div>
  );
}
