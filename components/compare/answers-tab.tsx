"use client";

import { useMemo, useState } from "react";

import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { Segmented } from "@/components/ui/fields/segmented";
import { useIsNarrow } from "@/components/ui/use-is-narrow";
import { diffAnswers, isEqual, type SectionDiff } from "@/lib/compare/diff-answers";
import { SECTION_NAMES } from "@/lib/compare/sections";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount } from "@/lib/stream/figures/format-number";

import type { Sides } from "./compared";
import { JsonChanges } from "./json-changes";
import { TextPieces } from "./text-pieces";

type Layout = "together" | "beside";

const LAYOUTS = [
  { value: "together", label: "In one text" },
  { value: "beside", label: "Side by side" },
] as const;

/** Two answers section by section: their words, and the arguments of their calls. */
export function AnswersTab({ sides: { turns, names } }: { sides: Sides }) {
  const diff = useMemo(() => diffAnswers(...turns), [turns]);
  const [layout, setLayout] = useState<Layout>("together");
  const isNarrow = useIsNarrow();
  return (
    <ScrollBox label="Differences of the answers" className="grid min-h-0 flex-1 content-start gap-4 p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 text-[13px]">
        {isNarrow ? null : <Segmented label="Layout" value={layout} options={LAYOUTS} onChange={setLayout} />}
        <span className="text-muted">
          <del className="bg-danger-soft text-danger decoration-danger/50 rounded-[3px] px-1">{names[0]}</del>{" "}
          <ins className="bg-ok-soft text-ok rounded-[3px] px-1 no-underline">{names[1]}</ins>
        </span>
      </div>
      {diff.cutAt === null ? null : (
        <p className="text-warn text-[13px]">
          {`Compared up to character ${formatCount(diff.cutAt)} of each part; what follows is left out here.`}
        </p>
      )}
      {diff.isCoarse ? (
        <p className="text-muted text-[13px]">
          They differ so much that some stretches stand as a whole, not word by word.
        </p>
      ) : null}
      {diff.sections.length === 0 ? <p className="text-muted">Neither answer holds anything.</p> : null}
      {diff.sections.map((section) => (
        <SectionView
          key={keyOf(section)}
          section={section}
          names={names}
          isBeside={layout === "beside" && !isNarrow}
        />
      ))}
    </ScrollBox>
  );
}

function keyOf({ sections: [one, other] }: SectionDiff): string {
  return `${one?.id ?? ""} ${other?.id ?? ""}`;
}

type SectionViewProps = { section: SectionDiff; names: Sides["names"]; isBeside: boolean };

function SectionView({ section, names, isBeside }: SectionViewProps) {
  const { sections, difference } = section;
  const title = titleOf(sections);
  const stands = sections[0] === null ? `only ${names[1]}` : sections[1] === null ? `only ${names[0]}` : "";
  return (
    <section className="grid gap-1">
      <h3 className="flex flex-wrap items-baseline gap-x-2 font-medium">
        {title}
        <span className="text-muted text-[12px] font-normal">{isEqual(section) ? "same" : stands}</span>
      </h3>
      {difference.by === "paths" ? (
        isEqual(section) ? (
          <p className="figures text-muted [overflow-wrap:anywhere]">{showMarks(sections[0]?.text ?? "")}</p>
        ) : (
          <JsonChanges label={`Differences of ${title}`} changes={difference.changes} names={names} />
        )
      ) : isBeside ? (
        <div className="grid grid-cols-2 gap-4">
          {(["first", "second"] as const).map((shows) => (
            <Text key={shows}>
              <TextPieces pieces={difference.pieces} shows={shows} />
            </Text>
          ))}
        </div>
      ) : (
        <Text>
          <TextPieces pieces={difference.pieces} shows="both" />
        </Text>
      )}
    </section>
  );
}

function Text({ children }: { children: React.ReactNode }) {
  return (
    <div dir="auto" className="min-w-0 leading-[22px] [overflow-wrap:anywhere] whitespace-pre-wrap">
      {children}
    </div>
  );
}

/** "Call of weather, step 1", "Text, steps 2 and 3". */
function titleOf([one, other]: SectionDiff["sections"]): string {
  const section = one ?? other;
  const what = SECTION_NAMES[section.kind];
  const name = section.name === "" ? "" : ` of ${showMarks(section.name)}`;
  const steps = [...new Set([one?.step, other?.step].filter((step) => step !== undefined))].map(
    (step) => step + 1,
  );
  const place = steps.length === 1 ? `step ${String(steps[0])}` : `steps ${steps.join(" and ")}`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}${name}, ${place}`;
}
