"use client";

import { Button } from "@/components/ui/button";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { ReadList } from "@/lib/tools/schema/read-tool-list";

type ToolListReviewProps = { list: ReadList; onAdd: () => void };

/** What a pasted list of tools holds: which can be added, all at once, and which cannot and why. */
export function ToolListReview({ list: { read, failed }, onAdd }: ToolListReviewProps) {
  return (
    <section
      aria-label="Tools in this list"
      className="border-line-strong bg-surface sticky bottom-2 z-10 grid gap-2 rounded border p-3 text-[13px]"
    >
      <output className="font-medium">
        This is a list: {count(read.length)} can be added
        {failed.length === 0 ? "." : `, ${String(failed.length)} cannot.`}
      </output>
      {read.length === 0 ? null : (
        <>
          <ul aria-label="Can be added" className="flex max-h-40 flex-wrap gap-x-3 gap-y-1 overflow-y-auto">
            {read.map(({ id, name }) => (
              <li key={id} className="[overflow-wrap:anywhere]">
                <code>{name}</code>
              </li>
            ))}
          </ul>
          <div>
            <Button kind="primary" onClick={onAdd}>
              Add {count(read.length)}
            </Button>
          </div>
        </>
      )}
      {failed.length === 0 ? null : (
        <ul aria-label="Cannot be added" className="grid max-h-40 gap-1 overflow-y-auto">
          {failed.map(({ what, message }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two items may have the same name and fault
            <li key={index} className="text-danger [overflow-wrap:anywhere]">
              <code>{showMarks(what)}</code>: {showMarks(message)}
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
