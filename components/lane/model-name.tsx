import type { ReactNode } from "react";

import { showMarks } from "@/lib/markdown/visible-marks";

/** Letters at the end of a name that are never cut: sizes and quantizations stand there. */
const TAIL = 8;

type ModelNameProps = {
  model: string;
  /** What stands right behind the name. */
  children?: ReactNode;
};

/**
 * A model's name on one line. Where it does not fit, the organization goes first and the middle of the rest next: what
 * tells models apart stands at both ends. All of it is in the page, to be found and copied.
 */
export function ModelName({ model, children }: ModelNameProps) {
  const shown = showMarks(model);
  const slash = shown.lastIndexOf("/") + 1;
  const letters = Array.from(shown.slice(slash));
  const cut = letters.length > 2 * TAIL ? letters.length - TAIL : letters.length;
  return (
    // Two lines of which the last is seen: the organization stands on the first one where both do not fit on one.
    <span data-model-name="" className="flex h-[1lh] min-w-0 flex-wrap content-end overflow-hidden">
      {slash > 0 ? <span className="max-w-full truncate">{shown.slice(0, slash)}</span> : null}
      <span className="flex max-w-full min-w-0 whitespace-pre">
        <span className="truncate">{letters.slice(0, cut).join("")}</span>
        <span className="shrink-0">{letters.slice(cut).join("")}</span>
        {children}
      </span>
    </span>
  );
}
