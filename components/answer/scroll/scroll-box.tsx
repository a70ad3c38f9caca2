import type { ReactNode } from "react";

import { cn } from "@/components/ui/cn";

type ScrollBoxProps = {
  label: string;
  /** Shows the end and stays there while the content grows, unless a reader scrolled up. */
  fromEnd?: boolean;
  /** The id of the part whose words it holds. */
  part?: string;
  className?: string;
  children: ReactNode;
};

/** A box that scrolls what does not fit, also by keyboard. Give it a `max-h-…`. */
export function ScrollBox({ label, fromEnd = false, part, className, children }: ScrollBoxProps) {
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset does not scroll from its end
      role="group"
      aria-label={label}
      data-part-id={part}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the keyboard could not scroll here
      tabIndex={0}
      // Reversed, a scroll box keeps its end in view by itself.
      className={cn("relative overflow-y-auto", fromEnd && "flex flex-col-reverse", className)}
    >
      {fromEnd ? <div>{children}</div> : children}
    </div>
  );
}
