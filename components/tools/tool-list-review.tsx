"use client";

import { Button } from "@/components/ui/button";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { ReadTools } from "@/lib/tools/formats/format";

type ToolListReviewProps = { list: ReadTools; onAdd: () => void };

/** What a pasted list of tools holds: which can be added, all at once, and which cannot and why. */
export function ToolListReview({ list: { found, skipped }, onAdd }: ToolListReviewProps) {
  return (
    <section
      aria-label="Tools in this list"
      className="border-line-strong bg-surface sticky bottom-2 z-10 grid gap-2 rounded border p-3 text-[13px]"
    >
      <output className="font-medium">
        This is a list: {count(found.length)} can be added
        {skipped.length === 0 ? "." : `, ${String(skipped.length)} cannot.`}
      </output>
      {found.length === 0 ? null : (
        <>
          <ul aria-label="Can be added" className="flex max-h-40 flex-wrap gap-x-3 gap-y-1 overflow-y-auto">
            {found.map(({ tool: { id, name } }) => (
              <li key={id} className="[overflow-wrap:anywhere]">
                <code>{showMarks(name)}</code>
              </li>
            ))}
          </ul>
          <div>
            <Button kind="primary" onClick={onAdd}>
              Add {count(found.length)}
            </Button>
          </div>
        </>
      )}
      {skipped.length === 0 ? null : (
        <ul aria-label="Cannot be added" className="grid max-h-40 gap-1 overflow-y-auto">
          {skipped.map(({ name, position, why }) => (
            <li key={position} className="text-danger [overflow-wrap:anywhere]">
              <code>{showMarks(name ?? `Item ${String(position)}`)}</code>: {showMarks(why)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function count(n: number): string {
  return n === 1 ? "1 tool" : `${String(n)} tools`;
}
