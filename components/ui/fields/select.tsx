import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

import { cn } from "@/components/ui/cn";

import { CONTROL } from "./control";

type SelectProps = Omit<ComponentProps<"select">, "onChange" | "value"> & {
  value: string;
  options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  onChange: (value: string) => void;
};

/** The platform's own select in our frame: no script, and its list is right on every phone. `className` is the frame's. */
export function Select({ options, onChange, className, ...rest }: SelectProps) {
  return (
    <span className={cn("relative inline-grid min-w-0", className)}>
      <select
        className={cn(CONTROL, "h-8 w-full appearance-none truncate pr-7")}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={14}
        aria-hidden
        className="text-muted pointer-events-none absolute top-1/2 right-2 -translate-y-1/2"
      />
    </span>
  );
}
