import { cn } from "./cn";

type ProgressBarProps = {
  /** What is in progress, for people who do not see the bar. */
  label: string;
  /** 0–1; null while the total is unknown, when only the words beside the bar tell how it goes. */
  value: number | null;
  className?: string;
};

/** A determinate bar. It never pretends: an unknown share draws an empty track. */
export function ProgressBar({ label, value, className }: ProgressBarProps) {
  // `value` must be missing, not 0, for a progress that cannot be told.
  return (
    <progress
      aria-label={label}
      max={1}
      {...(value === null ? {} : { value: Math.min(1, Math.max(0, value)) })}
      className={cn(
        "border-line-strong bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent block h-1.5 w-full appearance-none overflow-hidden rounded-full border indeterminate:[&::-moz-progress-bar]:bg-transparent",
        className,
      )}
    />
  );
}
