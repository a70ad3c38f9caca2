"use client";

import { type ReactNode, useState } from "react";

import { cn } from "@/components/ui/cn";

import { Field } from "./field";
import { type NumberRule, parseNumber } from "./parse-number";
import { TextField } from "./text-field";

type NumberFieldProps = NumberRule & {
  label: ReactNode;
  value: number | null;
  /** null = empty, which means "not sent". Called only with numbers that keep the rule. */
  onChange: (value: number | null) => void;
  hint?: ReactNode;
  placeholder?: string;
  className?: string;
};

/** A number that may be left empty. What is typed stays as typed, also while it is not a number yet. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, hint, placeholder = "not sent", className, ...rule } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const parsed = typed === null ? null : parseNumber(typed, rule);
  // A change from outside (a linked lane, an opened session) wins over what was typed before it.
  const isOwn = parsed?.ok === false || parsed?.value === value;
  const shown = typed !== null && isOwn ? typed : value === null ? "" : String(value);

  return (
    <Field
      label={label}
      hint={hint}
      error={parsed?.ok === false ? parsed.message : null}
      className={cn("content-start", className)}
    >
      {(control) => (
        <TextField
          {...control}
          inputMode={rule.integer === true ? "numeric" : "decimal"}
          value={shown}
          placeholder={placeholder}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = parseNumber(event.target.value, rule);
            if (next.ok && next.value !== value) onChange(next.value);
          }}
          onBlur={() => (parsed?.ok === false ? undefined : setTyped(null))}
          className="figures w-full"
        />
      )}
    </Field>
  );
}
