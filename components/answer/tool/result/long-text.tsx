"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount } from "@/lib/stream/figures/format-number";

/** Characters that are laid out at once: a line of hundreds of thousands holds up lanes that are streaming. */
const AT_ONCE = 20_000;

/** A text as it is, its hidden characters marked; the rest of a long one at a press. */
export function LongText({ text, isError = false }: { text: string; isError?: boolean }) {
  const [shown, setShown] = useState(AT_ONCE);
  const rest = text.length - shown;
  return (
    <>
      <pre
        dir="auto"
        className={cn("figures [overflow-wrap:anywhere] whitespace-pre-wrap", isError && "text-danger")}
      >
        {showMarks(rest > 0 ? text.slice(0, shown) : text)}
      </pre>
      {rest > 0 ? (
        <Button kind="quiet" size="small" onClick={() => setShown(shown + AT_ONCE)}>
          {`Show more (${formatCount(rest)} characters left)`}
        </Button>
      ) : null}
    </>
  );
}
