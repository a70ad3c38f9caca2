"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/stream/figures/format-number";

type LongTextProps = { id: string; text: string };

/** Beyond this a text is cut, so that what it led to stays in sight. */
const SHOWN_LINES = 12;
const SHOWN_CHARACTERS = 1_200;

/** A text as it was typed; a long one shows its beginning, and the rest at a click. */
export function LongText({ id, text }: LongTextProps) {
  const [whole, setWhole] = useState<string | null>(null);
  const start = beginningOf(text);
  const isWhole = whole === text || start === text;
  return (
    <div className="min-w-0 flex-1">
      <p
        id={id}
        dir="auto"
        className="max-w-(--measure) py-0.5 text-[15px] leading-[23px] font-medium [overflow-wrap:anywhere] whitespace-pre-wrap [unicode-bidi:plaintext]"
      >
        {isWhole ? text : `${start} …`}
      </p>
      {start === text ? null : (
        <Button
          kind="quiet"
          size="small"
          aria-expanded={isWhole}
          aria-controls={id}
          onClick={() => setWhole(isWhole ? null : text)}
          className="-ml-2"
        >
          {isWhole ? "Show less" : `Show all ${formatCount(text.length)} characters`}
        </Button>
      )}
    </div>
  );
}

function beginningOf(text: string): string {
  const lines = text.split("\n", SHOWN_LINES + 1);
  const few = lines.length > SHOWN_LINES ? lines.slice(0, SHOWN_LINES).join("\n") : text;
  // A little more than the limit is not worth a click.
  return few.length > SHOWN_CHARACTERS * 1.25 ? few.slice(0, SHOWN_CHARACTERS).trimEnd() : few;
}
