import type { ComponentProps } from "react";

import { cn } from "@/components/ui/cn";

import { CONTROL } from "./control";

/** A one-line text input. Name it with a `Field` around it or an `aria-label`. */
export function TextField({ className, type = "text", ...rest }: ComponentProps<"input">) {
  return (
    <input
      dir="auto"
      type={type}
      autoComplete="off"
      spellCheck={false}
      className={cn(CONTROL, "h-8", className)}
      {...rest}
    />
  );
}
