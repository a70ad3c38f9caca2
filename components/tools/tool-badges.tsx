"use client";

import { useMemo } from "react";

import { cn } from "@/components/ui/cn";
import type { LintVerdict } from "@/lib/tools/schema/lint/lint";
import { LINT_TARGETS, lintTool, TARGET_LABELS } from "@/lib/tools/schema/lint/lint-tool";
import type { ToolDefinition } from "@/lib/tools/tool";

const LOOK: Readonly<Record<LintVerdict, string>> = {
  ready: "border-ok text-ok",
  works: "border-line-strong text-text",
  refused: "border-line text-muted",
};
const VERDICT_TITLES: Readonly<Record<LintVerdict, string>> = {
  ready: "accepts this schema and enforces all of it",
  works: "accepts this schema, but does not enforce all of it",
  refused: "rejects this schema",
};

/** Who can enforce a tool's schema, at a glance. */
export function ToolBadges({ tool }: { tool: ToolDefinition }) {
  // A list may have hundreds of tools, and is drawn again whenever one is switched.
  const verdicts = useMemo(
    () => LINT_TARGETS.map((target) => ({ target, verdict: lintTool(tool, target).verdict })),
    [tool],
  );
  return (
    <ul aria-label="Schema" className="flex flex-wrap gap-1">
      {verdicts.map(({ target, verdict }) => (
        <li
          key={target}
          title={`${TARGET_LABELS[target]} ${VERDICT_TITLES[verdict]}`}
          className={cn("rounded border px-1 text-xs leading-[18px]", LOOK[verdict])}
        >
          {verdict === "refused" ? `not for ${TARGET_LABELS[target]}` : TARGET_LABELS[target]}
          <span className="sr-only"> {VERDICT_TITLES[verdict]}</span>
        </li>
      ))}
    </ul>
  );
}
