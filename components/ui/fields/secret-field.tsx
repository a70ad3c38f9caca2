"use client";

import type { Ref } from "react";

import { Field } from "./field";
import { TextField } from "./text-field";

type SecretFieldProps = {
  label: string;
  hint?: string;
  error?: string | null;
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
};

/** A field for a key, a token or a password: covered, and no browser offers to save it. */
export function SecretField({ label, hint, error = null, value, onChange, ref }: SecretFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <TextField
          {...control}
          ref={ref}
          type="password"
          // Browsers offer to save what looks like a log-in; this is not one.
          autoComplete="new-password"
          data-1p-ignore
          data-lpignore="true"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="figures w-full"
        />
      )}
    </Field>
  );
}
