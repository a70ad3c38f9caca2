"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";

import { SourceLink } from "./source-link";

/** A list of up to this many is shown whole; of a longer one the first few, until a person asks for all. */
const WHOLE = 6;
const FIRST = 4;

type SourceListProps = {
  sources: readonly {
    /** null = no page, such as an attached document. */
    readonly url: string | null;
    readonly title: string | null;
    readonly quote?: string | null;
  }[];
  /** Whether the text refers to them by number. */
  numbered?: boolean;
  className?: string;
};

/** The sources of a text or of a search, long lists folded. */
export function SourceList({ sources, numbered = false, className }: SourceListProps) {
  const [isOpen, setIsOpen] = useState(false);
  const isAll = isOpen || sources.length <= WHOLE;
  const List = numbered ? "ol" : "ul";
  return (
    <div className={cn("text-muted text-[13px]", className)}>
      <List aria-label="Sources" className={cn("grid gap-1 pl-6", numbered ? "list-decimal" : "list-disc")}>
        {(isAll ? sources : sources.slice(0, FIRST)).map(({ url, title, quote }, index) => (
          <li
            // oxlint-disable-next-line react/no-array-index-key -- a source may be named twice, and none ever moves
            key={`${String(index)} ${url ?? title ?? ""}`}
            title={quote === null || quote === undefined ? undefined : showMarks(quote)}
            className="min-w-0"
          >
            {url === null ? (
              showMarks(title ?? "an attached document")
            ) : (
              <SourceLink url={url} title={title} />
            )}
          </li>
        ))}
      </List>
      {isAll ? null : (
        <Button kind="quiet" size="small" className="mt-1" onClick={() => setIsOpen(true)}>
          Show all {sources.length} sources
        </Button>
      )}
    </div>
  );
}
