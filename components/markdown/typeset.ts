import { ParseError, render } from "katex";

import { showTraps } from "@/lib/markdown/visible-marks";

/** Typesets TeX, or gives null where it cannot. Macros are bounded, and commands that load or link are refused. */
export function typeset(source: string, display: boolean): Element | null {
  // Its source is shown instead, with the codes of what would deceive.
  if (showTraps(source) !== source) return null;
  const element = document.createElement("span");
  try {
    render(source, element, {
      displayMode: display,
      trust: false,
      maxExpand: 1000,
      maxSize: 20,
      strict: "ignore",
      throwOnError: true,
      output: "html",
    });
  } catch (error) {
    if (error instanceof ParseError || error instanceof RangeError) return null;
    throw error;
  }
  return element.firstElementChild;
}
