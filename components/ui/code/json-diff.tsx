import { diffLines } from "diff";

import { cn } from "@/components/ui/cn";

/** Longer texts are not compared line by line: that takes time that grows with its square. */
const MOST_CHARACTERS = 60_000;
/** Equal lines that stay around a change. */
const CONTEXT = 2;

const LOOK = {
  added: "bg-ok-soft text-ok",
  removed: "bg-danger-soft text-danger",
  same: "text-muted",
  cut: "text-faint",
} as const;
const SIGNS = { added: "+", removed: "−", same: " ", cut: " " } as const;
const NAMES = { added: "added: ", removed: "removed: ", same: "", cut: "" } as const;

type Line = { readonly kind: keyof typeof LOOK; readonly text: string };

type JsonDiffProps = {
  /** Names it for assistive technology. */
  label: string;
  before: string;
  after: string;
};

/** Two JSON texts as the lines that differ, with a few around them. It scrolls, also by keyboard. */
export function JsonDiff({ label, before, after }: JsonDiffProps) {
  const lines = linesBetween(before, after);
  if (lines === null) return <p className="text-muted text-[13px]">It is too long to show what changes.</p>;
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the lines are one text, not fields
      role="group"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the keyboard could not scroll here
      tabIndex={0}
      className="figures bg-sunken rounded-inner max-h-80 overflow-y-auto py-1 text-[13px] leading-5 [overflow-wrap:anywhere] whitespace-pre-wrap"
    >
      {lines.map(({ kind, text }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines repeat, and none has a name of its own
        <span key={index} className={cn("block py-px pr-2 pl-[calc(0.5rem+2ch)] -indent-[2ch]", LOOK[kind])}>
          <span aria-hidden>{SIGNS[kind]} </span>
          <span className="sr-only">{NAMES[kind]}</span>
          {text}
        </span>
      ))}
    </pre>
  );
}

function linesBetween(before: string, after: string): readonly Line[] | null {
  if (before.length + after.length > MOST_CHARACTERS) return null;
  const parts = diffLines(`${before}\n`, `${after}\n`);
  return parts.flatMap(({ value, added, removed }, index): Line[] => {
    const texts = value.replace(/\n$/, "").split("\n");
    if (added) return texts.map((text) => ({ kind: "added", text }));
    if (removed) return texts.map((text) => ({ kind: "removed", text }));
    return shortened(texts, index === 0, index === parts.length - 1);
  });
}

/** Equal lines, without those that are far from a change. */
function shortened(texts: readonly string[], isFirst: boolean, isLast: boolean): Line[] {
  const head = isFirst ? 0 : CONTEXT;
  const tail = isLast ? 0 : CONTEXT;
  if (texts.length <= head + tail + 1) return texts.map((text) => ({ kind: "same", text }));
  const cut = texts.length - head - tail;
  return [
    ...texts.slice(0, head).map((text): Line => ({ kind: "same", text })),
    { kind: "cut", text: `… ${String(cut)} equal lines` },
    ...texts.slice(texts.length - tail).map((text): Line => ({ kind: "same", text })),
  ];
}
