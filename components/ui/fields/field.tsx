import { type ReactNode, useId } from "react";

import { cn } from "@/components/ui/cn";

/** What the control inside a `Field` must carry. */
export type FieldControl = {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
};

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do; null or missing = nothing. */
  error?: string | null;
  /** Draws the control; spread the given attributes on it. */
  children: (control: FieldControl) => ReactNode;
  className?: string;
};

/** A labeled control with a hint and an error, tied together for assistive technology. */
export function Field({ label, hint, error, children, className }: FieldProps) {
  const id = useId();
  const hasError = error !== null && error !== undefined && error !== "";
  const hasHint = hint !== undefined && hint !== null;
  const describedBy = [hasHint ? `${id}-hint` : "", hasError ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={cn("grid gap-1", className)}>
      <label htmlFor={id} className="text-muted text-[13px]">
        {label}
      </label>
      {children({
        id,
        ...(describedBy === "" ? {} : { "aria-describedby": describedBy }),
        ...(hasError ? { "aria-invalid": true } : {}),
      })}
      {hasHint ? (
        <p id={`${id}-hint`} className="text-muted text-[13px]">
          {hint}
        </p>
      ) : null}
      {/* Always there: a live region that arrives together with its text is not read out. */}
      <output id={`${id}-error`} htmlFor={id} className="text-danger text-[13px] empty:hidden">
        {hasError ? error : null}
      </output>
    </div>
  );
}
