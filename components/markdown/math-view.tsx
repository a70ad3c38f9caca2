"use client";

import { useLayoutEffect, useRef } from "react";

import { showMarks } from "@/lib/markdown/visible-marks";

import { cachedFormula, renderFormula } from "./formulas";

// With the page: a stylesheet that comes while lanes stream, and its fonts with it, lays out every text in them anew.
import "katex/dist/katex.min.css";

type MathViewProps = {
  source: string;
  display: boolean;
  /** Whether more of the source may come: it is typeset once it is whole. */
  isOpen?: boolean;
};

/** A formula. Its source is shown until the typesetter has been loaded, and stays where it cannot be typeset. */
export function MathView({ source, display, isOpen = false }: MathViewProps) {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const show = (formula: Node) => {
      element.replaceChildren(formula);
      element.dataset["typeset"] = "";
    };
    const cached = isOpen ? null : cachedFormula(source, display);
    if (cached) {
      show(cached);
      return undefined;
    }
    element.textContent = showMarks(source);
    delete element.dataset["typeset"];
    if (isOpen) return undefined;
    return renderFormula(source, display, show);
  }, [source, display, isOpen]);
  return (
    <span
      ref={ref}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the typesetter draws with spans
      role="math"
      aria-label={showMarks(source)}
      className="markdown-math"
      data-display={display || undefined}
    />
  );
}
