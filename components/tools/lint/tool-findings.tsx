"use client";

import { cn } from "@/components/ui/cn";
import { Disclosure } from "@/components/ui/disclosure";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import type { SchemaFixId } from "@/lib/tools/schema/fix/schema-fixes";
import type { LintCounter, LintVerdict, ToolLint } from "@/lib/tools/schema/lint/lint";
import { LINT_TARGETS, lintTool, TARGET_LABELS } from "@/lib/tools/schema/lint/lint-tool";
import { warnTool } from "@/lib/tools/schema/warn-tool";
import type { ToolDefinition } from "@/lib/tools/tool";

import { QuickFixes } from "./quick-fixes";

const VERDICTS: Readonly<Record<LintVerdict, string>> = {
  ready: "enforces all of this schema",
  works: "accepts this schema, not all of it is enforced",
  refused: "rejects this schema",
};
const COLORS: Readonly<Record<LintVerdict, string>> = { ready: "text-ok", works: "", refused: "text-warn" };

type ToolFindingsProps = {
  tool: ToolDefinition;
  /** Called with the tool after a quick fix. */
  onFix: (tool: ToolDefinition) => void;
  /** Called with the pointer of a problem that a person wants to see. */
  onJump: (pointer: string) => void;
};

/** Who rejects the tool or enforces its schema, what stands in the way, how near the limits are, and what would fix it. */
export function ToolFindings({ tool, onFix, onJump }: ToolFindingsProps) {
  const refusals = warnTool(tool);
  const lints = LINT_TARGETS.map((target) => lintTool(tool, target));
  return (
    <section aria-label="Who enforces the schema" className="grid gap-1.5">
      {refusals.length === 0 ? null : (
        <ul aria-label="Rejected by some providers" className="text-warn grid gap-1 text-[13px]">
          {refusals.map(({ path, message }) => (
            <li key={path + message}>
              <PointerButton pointer={path} onJump={onJump} /> {showMarks(message)}
            </li>
          ))}
        </ul>
      )}
      {lints.map((lint) => (
        <Target key={lint.target} lint={lint} onJump={onJump} />
      ))}
      <QuickFixes key={tool.id} tool={tool} fixes={fixesOf(lints)} onFix={onFix} />
    </section>
  );
}

/** The fixes that would remove a problem, the most wanted first; "Make strict" does several at once. */
function fixesOf(lints: readonly ToolLint[]): readonly SchemaFixId[] {
  const wanted = new Set(lints.flatMap(({ problems }) => problems.flatMap(({ fixes }) => fixes)));
  const isStrict = lints.some(({ target, verdict }) => target === "openai-strict" && verdict === "refused");
  return [...(isStrict && wanted.size > 0 ? ["strict" as const] : []), ...wanted];
}

function Target({
  lint: { target, verdict, problems, counters },
  onJump,
}: {
  lint: ToolLint;
  onJump: ToolFindingsProps["onJump"];
}) {
  const counted = problems.length === 0 ? "" : `: ${formatPlural(problems.length, "problem")}`;
  const shown = counters.filter(({ value, limit }) => value > 0 && limit !== null);
  if (problems.length === 0 && shown.length === 0)
    return (
      <p className={cn("pl-5 text-[13px]", COLORS[verdict])}>
        {TARGET_LABELS[target]} {VERDICTS[verdict]}
      </p>
    );
  return (
    <Disclosure
      summary={
        <span className={COLORS[verdict]}>{`${TARGET_LABELS[target]} ${VERDICTS[verdict]}${counted}`}</span>
      }
    >
      <Counters counters={shown} />
      <ul className="grid gap-1 pl-5 text-[13px]">
        {problems.map(({ pointer, message, level }) => (
          <li key={pointer + message}>
            <PointerButton pointer={pointer} onJump={onJump} />{" "}
            <span className={level === "error" ? "text-warn" : ""}>{showMarks(message)}</span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function PointerButton({ pointer, onJump }: { pointer: string; onJump: ToolFindingsProps["onJump"] }) {
  const shown = showMarks(pointer);
  return (
    <button
      type="button"
      onClick={() => onJump(pointer)}
      title={`Show ${shown}`}
      className="figures text-muted hover:text-accent text-left [overflow-wrap:anywhere] underline decoration-dotted underline-offset-2"
    >
      {shown}
    </button>
  );
}

function Counters({ counters }: { counters: readonly LintCounter[] }) {
  if (counters.length === 0) return null;
  return (
    <ul aria-label="Limits" className="text-muted flex flex-wrap gap-x-3 pl-5 text-[13px]">
      {counters.map(({ label, value, limit, isOver }) => (
        <li key={label} className={isOver ? "text-warn" : ""}>
          {label} {formatCount(value)}
          {limit === null ? "" : ` of ${formatCount(limit)}`}
        </li>
      ))}
    </ul>
  );
}
