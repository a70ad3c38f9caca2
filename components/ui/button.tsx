import type { ComponentProps } from "react";

import { cn } from "./cn";

type Kind = "primary" | "plain" | "quiet" | "danger";

const KINDS: Record<Kind, string> = {
  // Forced colors leave out its ground and show its edge.
  primary: "border border-transparent bg-accent bg-origin-border text-accent-text hover:opacity-90",
  plain: "border border-line-control bg-surface text-text hover:bg-sunken",
  quiet: "text-muted hover:bg-sunken hover:text-text",
  danger: "border border-danger text-danger hover:bg-danger-soft",
};

type ButtonProps = ComponentProps<"button"> & { kind?: Kind; size?: "small" | "normal" | "icon" };

const SIZES = { small: "h-6 px-2 text-[13px]", normal: "h-8 px-3", icon: "size-7" } as const;

/** A button. Icon-only buttons need an `aria-label`. */
export function Button({
  kind = "plain",
  size = "normal",
  type = "button",
  className,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={cn(
        "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-inner whitespace-nowrap select-none [&>svg]:shrink-0 disabled:opacity-50 aria-disabled:opacity-50",
        KINDS[kind],
        SIZES[size],
        className,
      )}
      {...rest}
    />
  );
}
