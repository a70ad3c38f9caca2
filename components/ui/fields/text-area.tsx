import type { ComponentProps } from "react";

import { cn } from "@/components/ui/cn";

import { CONTROL } from "./control";

/** A text of several lines, resizable downwards. Each paragraph runs as its language does. */
export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea dir="auto" className={cn(CONTROL, "resize-y py-1.5 leading-snug", className)} {...rest} />;
}
