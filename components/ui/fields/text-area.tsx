import type { ComponentProps } from "react";

import { cn } from "@/components/ui/cn";

import { CONTROL } from "./control";

/** A text of several lines: `rows` at first, and as high as it needs up to its `max-h-…`. Each paragraph runs as its language does. */
export function TextArea({ className, rows = 2, style, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      dir="auto"
      rows={rows}
      className={cn(
        CONTROL,
        "field-sizing-content max-h-96 resize-none overflow-y-auto py-1.5 leading-snug",
        // One line stands in the middle of its height, which is more than its own under a finger.
        rows === 1 && "pointer-coarse:py-3",
        className,
      )}
      style={{ minHeight: `max(${rows}lh + 1rem, var(--touch, 0px))`, ...style }}
      {...rest}
    />
  );
}
