import { Check } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/components/ui/cn";

type CheckboxProps = {
  label: ReactNode;
  /** More about it, on hover. */
  title?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** It cannot be chosen; `label` says why. */
  disabled?: boolean;
  className?: string;
};

/** Something that is so or not, as part of what is sent or said later. What acts at once is a `Switch`. */
export function Checkbox({ label, title, checked, onChange, disabled = false, className }: CheckboxProps) {
  return (
    <label
      title={title}
      className={cn("text-muted inline-flex min-h-6 items-center gap-1.5 text-[13px]", className)}
    >
      <span className="relative grid size-4 shrink-0 place-items-center">
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          className="peer border-line-strong bg-surface checked:border-accent checked:bg-accent absolute inset-0 appearance-none rounded-[4px] border disabled:opacity-50"
        />
        <Check
          size={11}
          strokeWidth={3}
          aria-hidden
          className="text-accent-text pointer-events-none relative opacity-0 peer-checked:opacity-100"
        />
      </span>
      {label}
    </label>
  );
}
