import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { ToolResult } from "@/lib/stream/turn/event";

import { originWords } from "./origin-words";

type ToolResultSentProps = { result: ToolResult; label: string };

/** The exact text that went back to the model, and where it came from. */
export function ToolResultSent({ result, label }: ToolResultSentProps) {
  return (
    <fieldset aria-label={label} className="border-line min-w-0 border-t px-3 py-2">
      <div className="text-muted flex min-h-6 flex-wrap items-center gap-x-2 text-[13px]">
        <span>Result</span>
        {result.isError ? <span className="text-danger font-medium">error</span> : null}
        <span className="text-faint">{originWords(result.origin)}</span>
        {result.output === "" ? null : (
          <span className="figures text-faint">{formatPlural(result.output.length, "character")}</span>
        )}
        <CopyButton label="Copy result" text={() => result.output} className="ml-auto size-6" />
      </div>
      {result.output === "" ? (
        <p className="text-faint italic">empty result</p>
      ) : (
        <ScrollBox label="Text sent to the model" className="max-h-60">
          <pre
            dir="auto"
            className={cn(
              "figures [overflow-wrap:anywhere] whitespace-pre-wrap",
              result.isError && "text-danger",
            )}
          >
            {showMarks(result.output)}
          </pre>
        </ScrollBox>
      )}
    </fieldset>
  );
}
