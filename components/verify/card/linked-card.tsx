"use client";

import { Printer } from "lucide-react";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { Card } from "@/lib/verify/card/card";
import { cardMarkdown } from "@/lib/verify/card/write-card";

import { CardArticle } from "./card-view";

/** A card that came with a link: whoever made the link wrote it, and its run is not here. */
export function LinkedCard({ card }: { card: Card }) {
  return (
    <main className="min-h-0 flex-1 overflow-y-auto print:block print:overflow-visible">
      <div className="mx-auto flex max-w-250 flex-wrap items-center gap-2 px-4 pt-3 print:hidden">
        <CopyButton label="Copy as Markdown" text={() => cardMarkdown(card)} showsLabel />
        <Button size="small" onClick={() => window.print()}>
          <Printer size={14} aria-hidden />
          Print
        </Button>
      </div>
      <p className="text-muted mx-auto max-w-250 px-4 pt-3 text-[13px]">
        This card came with a link and says what the link says. Ask for the file of its run to see its trials.
      </p>
      <CardArticle card={card} />
    </main>
  );
}
