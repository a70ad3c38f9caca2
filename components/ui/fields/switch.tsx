import { Switch as Base } from "@base-ui/react/switch";
import type { ReactNode } from "react";

type SwitchProps = {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
};

/** On or off, at once. */
export function Switch({ label, checked, onChange }: SwitchProps) {
  return (
    <label className="inline-flex items-center gap-2">
      <Base.Root
        checked={checked}
        onCheckedChange={onChange}
        className="border-line-strong bg-sunken data-checked:border-accent data-checked:bg-accent flex h-4.5 w-8 shrink-0 items-center rounded-full border px-0.5 data-checked:justify-end"
      >
        <Base.Thumb className="bg-line-strong data-checked:bg-accent-text size-3 rounded-full" />
      </Base.Root>
      {label}
    </label>
  );
}
