import { cn } from "./cn";

type ProgressBarProps = {
  /** What is in progress, for people who do not see the bar. */
  label: string;
  /** 0–1; null while the total is unknown; then only the text beside the bar shows the progress. */
  value: number | null;
  className?: string;
};

/** A determinate bar. It never pretends: an unknown share draws an empty track. */
export function ProgressBar({ label, value, className }: ProgressBarProps) {
  // `value` must be absent, not 0, if the progress is unknown.
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
