import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { originWords } from "@/components/answer/tool/origin-words";
import { CopyButton } from "@/components/ui/copy-button";
import { loadedPart } from "@/components/ui/loaded-part";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import type { ToolCallStatus } from "@/lib/stream/turn/turn";

import { LongText } from "./long-text";

// Most results are text alone.
const ReceivedContent = loadedPart(async () => (await import("./received-content")).ReceivedContent);

type ToolResultSentProps = {
  status: Extract<ToolCallStatus, { readonly state: "answered" }>;
  label: string;
};

/** The exact text that went back to the model, where it came from, and what the tool gave beside it. */
export function ToolResultSent({ status, label }: ToolResultSentProps) {
  const { output, isError, cutFrom, received } = status.result;
  return (
    <fieldset aria-label={label} className="border-line min-w-0 border-t px-3 py-2">
      <div className="text-muted flex min-h-6 flex-wrap items-center gap-x-2 text-[13px]">
        <span>Result</span>
        {isError ? <span className="text-danger font-medium">error</span> : null}
        <span className="text-faint [overflow-wrap:anywhere]">{originWords(status)}</span>
        {output === "" ? null : (
          <span className="figures text-faint before:pr-2 before:content-['·']">
            {cutFrom === undefined
              ? formatPlural(output.length, "character")
              : `the first ${formatCount(output.length)} of ${formatCount(cutFrom)} characters`}
          </span>
        )}
        <CopyButton label="Copy result" text={() => output} className="ml-auto size-6" />
      </div>
      {output === "" ? (
        <p className="text-faint italic">empty result</p>
      ) : (
        <ScrollBox label="Text sent to the model" className="max-h-60">
          <LongText text={output} isError={isError} />
        </ScrollBox>
      )}
      {received === undefined ? null : <ReceivedContent received={received} output={output} />}
    </fieldset>
  );
}
