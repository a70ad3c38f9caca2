/** The card as Markdown, and as a badge. Pure. */
import type { CaseGroup } from "@/lib/verify/case";
import { groupRate } from "@/lib/verify/statistics/bootstrap";
import type { VerifyRun } from "@/lib/verify/verify-run";

import type { Card } from "./card";
import type { CardFact } from "./card-lines";

/** The card as a Markdown document. */
export function cardMarkdown({ title, identity, facts, voided }: Card): string {
  return [
    `# ${escaped(title)}`,
    ...(voided === null ? [] : [`> This run counts for nothing: ${escaped(voided)}`]),
    identity.map(([name, value]) => `${name}: ${escaped(value)}`).join(" · "),
    ...facts.map(factMarkdown),
  ]
    .join("\n\n")
    .concat("\n");
}

function factMarkdown({ title, lines, note }: CardFact, index: number): string {
  return [
    `## ${index + 1}. ${title}`,
    ...(lines.length === 0
      ? []
      : [
          [
            "| | | 95 % |",
            "|---|---|---|",
            ...lines.map(
              ({ label, value, rate }) =>
                `| ${escaped(label)} | ${escaped(value)} | ${rate === null || rate.low === rate.high ? "" : `${Math.round(rate.low * 100)}–${Math.round(rate.high * 100)} %`} |`,
            ),
          ].join("\n"),
        ]),
    ...(note === null ? [] : [escaped(note)]),
  ].join("\n\n");
}

/** Text that Markdown and a cell of its tables leave as it is. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#]/gu, String.raw`\$&`).replaceAll(/\s+/gu, " ");
}

const CHARACTER_PX = 6.6;
const PAD_PX = 8;

/** Groups that a badge has room for. */
const BADGE_GROUPS: readonly (readonly [CaseGroup, string])[] = [
  ["single", "call"],
  ["arguments", "args"],
  ["parallel", "parallel"],
  ["restraint", "restraint"],
];

/** A small SVG picture with the lane's rates in some groups: never one score. */
export function badgeSvg(run: VerifyRun, lane: number): string {
  const parts = BADGE_GROUPS.flatMap(([group, label]) => {
    const counts = run.suite.cases
      .filter((each) => each.group === group)
      .map(({ id }) => {
        const trials = run.trials.filter(({ key }) => key.lane === lane && key.caseId === id);
        const passes = trials.filter(({ verdict }) => verdict.verdict === "pass").length;
        const failures = trials.filter(({ verdict }) => verdict.verdict === "fail").length;
        return { passes, of: passes + failures };
      })
      .filter(({ of }) => of > 0);
    const rate = groupRate(counts);
    return rate === null ? [] : [`${label} ${Math.round(rate.rate * 100)} %`];
  });
  const left = "tool calling";
  const right = parts.length === 0 ? "not measured" : parts.join(" · ");
  const [leftPx, rightPx] = [left, right].map((text) => Math.ceil(text.length * CHARACTER_PX + 2 * PAD_PX));
  const width = (leftPx ?? 0) + (rightPx ?? 0);
  const name = `${left}: ${right} (${run.lanes[lane]?.label ?? ""}, N = ${run.repetitions})`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${attribute(name)}">`,
    `<title>${attribute(name)}</title>`,
    `<rect width="${width}" height="20" rx="4" fill="#2b55cc"/>`,
    `<path d="M0 4a4 4 0 0 1 4-4h${(leftPx ?? 0) - 4}v20H4a4 4 0 0 1-4-4z" fill="#1c1c1a"/>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">`,
    `<text x="${PAD_PX}" y="14" textLength="${(leftPx ?? 0) - 2 * PAD_PX}">${left}</text>`,
    `<text x="${(leftPx ?? 0) + PAD_PX}" y="14" textLength="${(rightPx ?? 0) - 2 * PAD_PX}">${attribute(right)}</text>`,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

function attribute(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
