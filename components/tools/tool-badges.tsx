"use client";

import { useMemo } from "react";

import type { LintVerdict } from "@/lib/tools/schema/lint/lint";
import { LINT_TARGETS, lintTool, TARGET_LABELS } from "@/lib/tools/schema/lint/lint-tool";
import type { ToolDefinition } from "@/lib/tools/tool";

/** Who cannot enforce a tool's schema, in a line; nothing where all can, as the editor says in detail. */
export function ToolBadges({ tool }: { tool: ToolDefinition }) {
  // A list may have hundreds of tools, and is drawn again whenever one is switched.
  const words = useMemo(() => {
    const named = (wanted: LintVerdict) =>
      LINT_TARGETS.filter((target) => lintTool(tool, target).verdict === wanted)
        .map((target) => TARGET_LABELS[target])
        .join(", ");
    const [refused, partly] = [named("refused"), named("works")];
    return [
      ...(refused === "" ? [] : [`not for ${refused}`]),
      ...(partly === "" ? [] : [`not wholly enforced by ${partly}`]),
    ].join("; ");
  }, [tool]);
  return words === "" ? null : <p className="text-muted text-[13px]">Schema: {words}</p>;
}
