import { cn } from "@/components/ui/cn";
import { Disclosure } from "@/components/ui/disclosure";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatPlural } from "@/lib/stream/figures/format-number";
import { lintTool, type ToolLint } from "@/lib/tools/schema/lint-tool";
import { warnTool } from "@/lib/tools/schema/warn-tool";
import type { ToolDefinition } from "@/lib/tools/tool";

const NAMES = { strict: "strict mode", grammar: "llama.cpp grammars" } as const;
const SAYS = {
  strict: { ready: "Works in strict mode", not: "Not valid for strict mode" },
  grammar: { ready: "Works with llama.cpp grammars", not: "Not enforced by llama.cpp grammars" },
} as const;
const WHAT = {
  strict: "OpenAI's strict mode would reject:",
  grammar: "llama.cpp's grammar would not enforce:",
} as const;

/** Whether a tool's schema can be enforced, in two words. */
export function ToolBadges({ tool }: { tool: ToolDefinition }) {
  const lint = lintTool(tool);
  return (
    <span className="flex flex-wrap gap-1">
      <Badge name={NAMES.strict} lint={lint.strict} />
      <Badge name={NAMES.grammar} lint={lint.grammar} />
    </span>
  );
}

function Badge({ name, lint }: { name: string; lint: ToolLint }) {
  return (
    <span
      className={cn(
        "rounded border px-1 text-xs leading-[18px]",
        lint.ready ? "border-ok text-ok" : "border-line text-muted",
      )}
    >
      {lint.ready ? name : `not for ${name}`}
    </span>
  );
}

/** Who refuses the tool, and what stands in the way of each badge, with the place in the schema. */
export function ToolFindings({ tool }: { tool: ToolDefinition }) {
  const lint = lintTool(tool);
  const refusals = warnTool(tool);
  return (
    <div className="grid gap-1">
      {refusals.length === 0 ? null : (
        <ul aria-label="Rejected by some providers" className="text-warn grid gap-1 text-[13px]">
          {refusals.map(({ path, message }) => (
            <li key={path + message}>
              <code className="[overflow-wrap:anywhere]">{showMarks(path)}</code> {showMarks(message)}
            </li>
          ))}
        </ul>
      )}
      {(["strict", "grammar"] as const).map((kind) =>
        lint[kind].ready ? (
          <p key={kind} className="text-ok text-[13px]">
            {SAYS[kind].ready}
          </p>
        ) : (
          <Disclosure
            key={kind}
            summary={`${SAYS[kind].not}: ${formatPlural(lint[kind].findings.length, "problem")}`}
          >
            <p className="text-muted pl-5 text-[13px]">{WHAT[kind]}</p>
            <ul className="grid gap-1 pl-5 text-[13px]">
              {lint[kind].findings.map(({ path, message }) => (
                <li key={path + message}>
                  <code className="text-muted [overflow-wrap:anywhere]">{showMarks(path)}</code>{" "}
                  {showMarks(message)}
                </li>
              ))}
            </ul>
          </Disclosure>
        ),
      )}
    </div>
  );
}
