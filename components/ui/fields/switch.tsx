import { cn } from "@/components/ui/cn";

type SwitchProps = {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  /** Keeps the label for assistive technology only, where the row already shows it. */
  hideLabel?: boolean;
  className?: string;
};

/** On or off, at once. */
export function Switch({ label, checked, onChange, disabled, hideLabel, className }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={hideLabel ? label : undefined}
      disabled={disabled}
      onClick={() => onChange(!checked)}
      className={cn("inline-flex items-center gap-2 text-left disabled:opacity-60", className)}
    >
      <span
        aria-hidden
        className={cn(
          "flex h-4.5 w-8 shrink-0 items-center rounded-full border px-0.5",
          checked ? "justify-end border-accent bg-accent" : "border-line-strong bg-sunken",
        )}
      >
        <span className={cn("size-3 rounded-full", checked ? "bg-accent-text" : "bg-line-strong")} />
      </span>
      {hideLabel ? null : label}
    </button>
  );
}
