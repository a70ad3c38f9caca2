"use client";

import { BadgeCheck, Check, Link, Printer } from "lucide-react";
import { useMemo, useState } from "react";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Select } from "@/components/ui/fields/select";
import { downloadBytes } from "@/components/ui/files";
import { COPY_WORDS, useCopied } from "@/components/ui/use-copied";
import { IntervalBar } from "@/components/verify/matrix/matrix-cell";
import { intervalWords } from "@/components/verify/verify-words";
import { showMarks } from "@/lib/markdown/visible-marks";
import { type Card, cardOf } from "@/lib/verify/card/card";
import type { CardFact } from "@/lib/verify/card/card-lines";
import { cardLink } from "@/lib/verify/card/card-link";
import { badgeSvg, cardMarkdown } from "@/lib/verify/card/write-card";
import type { VerifyRun } from "@/lib/verify/verify-run";

/** How one lane calls tools, on one page that prints. */
export function CardView({ run }: { run: VerifyRun }) {
  const [lane, setLane] = useState(0);
  const card = useMemo(() => cardOf(run, lane), [run, lane]);
  if (card === null) return <p className="text-muted p-4">This run has no lane.</p>;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto print:overflow-visible">
      <div className="mx-auto flex max-w-250 flex-wrap items-center gap-2 px-4 pt-3 print:hidden">
        {run.lanes.length < 2 ? null : (
          <Select
            aria-label="Lane of the card"
            value={String(lane)}
            options={run.lanes.map(({ label }, index) => ({ value: String(index), label }))}
            onChange={(value) => setLane(Number(value))}
          />
        )}
        <CopyLink card={card} />
        <CopyButton label="Copy as Markdown" text={() => cardMarkdown(card)} showsLabel />
        <Button
          size="small"
          onClick={() => downloadBytes("vitrine-tool-calling.svg", badgeSvg(run, lane), "image/svg+xml")}
        >
          <BadgeCheck size={14} aria-hidden />
          Save badge
        </Button>
        <Button size="small" onClick={() => window.print()}>
          <Printer size={14} aria-hidden />
          Print
        </Button>
      </div>
      <CardArticle card={card} />
    </div>
  );
}

function CopyLink({ card }: { card: Card }) {
  const [outcome, copyNow] = useCopied();
  const copy = async () => copyNow(await cardLink(card, window.location.origin));
  return (
    <>
      <Button size="small" title="A link that holds the whole card" onClick={() => void copy()}>
        {outcome === "copied" ? <Check size={14} aria-hidden /> : <Link size={14} aria-hidden />}
        Copy link
      </Button>
      <output className="sr-only">{COPY_WORDS[outcome]}</output>
    </>
  );
}

/** The card itself: what was verified, and its facts. */
export function CardArticle({ card }: { card: Card }) {
  return (
    <article aria-label={showMarks(card.title)} className="mx-auto max-w-250 p-4">
      <h2 className="text-xl font-semibold tracking-tight [overflow-wrap:anywhere]">
        {showMarks(card.title)}
      </h2>
      {card.voided === null ? null : (
        <p
          role="alert"
          className="text-danger pt-1"
        >{`This run counts for nothing: ${showMarks(card.voided)}`}</p>
      )}
      <dl className="border-line mt-3 grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-4 gap-y-2 border-y py-3">
        {card.identity.map(([name, value]) => (
          <div key={name} className="min-w-0">
            <dt className="text-muted text-[12px]">{name}</dt>
            <dd className="figures [overflow-wrap:anywhere]">{showMarks(value)}</dd>
          </div>
        ))}
      </dl>
      <ol className="grid grid-cols-2 gap-x-8 max-[720px]:grid-cols-1 print:grid-cols-2">
        {card.facts.map((fact, index) => (
          <Fact key={fact.title} fact={fact} number={index + 1} />
        ))}
      </ol>
    </article>
  );
}

function Fact({ fact: { title, lines, split, note }, number }: { fact: CardFact; number: number }) {
  return (
    <li className="border-line break-inside-avoid border-b py-3">
      <h3 className="flex gap-2 font-medium">
        <span className="figures text-faint w-5 shrink-0 text-right leading-5">{number}</span>
        {title}
      </h3>
      <div className="pl-7">
        {split === null ? null : (
          <span aria-hidden className="verify-split mt-2 mb-1">
            {split.map((share, index) =>
              share === 0 ? null : (
                // oxlint-disable-next-line react/no-array-index-key -- a share is its place
                <span key={index} data-nth={index} style={{ flexGrow: share }} />
              ),
            )}
          </span>
        )}
        {lines.length === 0 ? null : (
          <ul className="grid gap-1.5 pt-1">
            {lines.map(({ label, value, rate }, index) => (
              <li key={label}>
                <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                  <span className="flex min-w-0 items-baseline gap-2 [overflow-wrap:anywhere]">
                    {split === null ? null : <span aria-hidden className="verify-swatch" data-nth={index} />}
                    {showMarks(label)}
                  </span>
                  <span className="figures text-muted">{value}</span>
                </span>
                {rate === null ? null : (
                  <span className="flex items-center gap-2">
                    <IntervalBar {...rate} tone="mean" isWide />
                    <span className="text-muted figures w-22 shrink-0 text-right text-[12px]">
                      {rate.low === rate.high ? null : intervalWords(rate)}
                    </span>
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
        {note === null ? null : <p className="text-muted pt-1 text-[13px]">{showMarks(note)}</p>}
      </div>
    </li>
  );
}
