import type { ComponentProps } from "react";

import { cn } from "@/components/ui/cn";

import { CONTROL } from "./control";

type SelectProps = Omit<ComponentProps<"select">, "onChange" | "value"> & {
  value: string;
  options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  onChange: (value: string) => void;
};

/** The platform's own select: no script, right on every phone. */
export function Select({ options, onChange, className, ...rest }: SelectProps) {
  return (
    <select
      className={cn(CONTROL, "h-8", className)}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
