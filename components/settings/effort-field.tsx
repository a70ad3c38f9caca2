"use client";

import { useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/fields/field";
import { selectOnMount } from "@/components/ui/fields/focus-on-mount";
import { Segmented } from "@/components/ui/fields/segmented";
import { TextField } from "@/components/ui/fields/text-field";
import type { EffortOptions } from "@/lib/providers/rules/effort";

type EffortFieldProps = {
  value: string | null;
  options: EffortOptions;
  onChange: (effort: string | null) => void;
};

// Never a value of a provider: they are words.
const UNSENT = "\u0000unsent";

/**
 * The efforts of the model's family and what the chosen one costs, "not sent", those of other models with the
 * reason why they are off, and any other text, marked as unverified.
 */
export function EffortField({ value, options, onChange }: EffortFieldProps) {
  const { values, off, note } = options;
  const whyId = useId();
  const isListed = value === null || values.includes(value);
  const [typing, setTyping] = useState<"no" | "asked" | "begun">("no");
  // Once begun, it stays in place: on the way to another word the text may be a listed one for a moment.
  const showsText = typing !== "no" || !isListed || (values.length === 0 && !options.verified);
  const choices = [
    { value: UNSENT, label: "not sent" },
    ...values.map((effort) => ({ value: effort, label: effort, title: sentWords(options, effort) })),
    ...(isListed || value === null ? [] : [{ value, label: value }]),
    ...(off?.values ?? [])
      .filter((effort) => effort !== value)
      .map((effort) => ({ value: effort, label: effort, title: off?.why, off: whyId })),
  ];
  const sent = value === null ? undefined : sentWords(options, value);
  return (
    <div className="grid gap-2">
      <Segmented
        label="Effort"
        value={value ?? UNSENT}
        options={choices}
        onChange={(effort) => {
          setTyping("no");
          onChange(effort === UNSENT ? null : effort);
        }}
        className="justify-self-start"
      />
      <div className="text-muted text-[13px] empty:hidden">
        {sent === undefined ? null : <p>{sent}</p>}
        {note === null ? null : <p>{note}</p>}
        {off === null ? null : <p id={whyId}>{off.why}</p>}
      </div>
      {showsText ? (
        <Field label="Another value" hint="Not verified: sent exactly as typed.">
          {(control) => (
            <TextField
              {...control}
              ref={typing === "asked" ? selectOnMount : null}
              value={value ?? ""}
              onChange={(event) => {
                setTyping("begun");
                onChange(event.target.value.trim() === "" ? null : event.target.value.trim());
              }}
              className="w-full"
            />
          )}
        </Field>
      ) : (
        <Button kind="quiet" size="small" className="justify-self-start" onClick={() => setTyping("asked")}>
          Type another value
        </Button>
      )}
    </div>
  );
}

function sentWords({ sentAs }: EffortOptions, effort: string): string | undefined {
  const words = sentAs[effort];
  return words === undefined ? undefined : `Sent as ${words}.`;
}
