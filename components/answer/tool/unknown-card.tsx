"use client";

import { FileQuestionMark } from "lucide-react";
import { memo, useState } from "react";

import { ScrollBox } from "@/components/answer/scroll/scroll-box";
import { CopyButton } from "@/components/ui/copy-button";
import { ToggleButton } from "@/components/ui/toggle-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { UnknownPart } from "@/lib/stream/turn/turn";

import { isContainer } from "./fitting-rows";
import { ValueTree } from "./value-tree";

/** Part of an answer that Vitrine does not know: its type and its JSON, as a tree or as text. */
export const UnknownCard = memo(function UnknownCard({ part }: { part: UnknownPart }) {
  const [isRaw, setIsRaw] = useState(false);
  const name = showMarks(part.name);
  const text = () => JSON.stringify(part.json, null, 2);
  return (
    <div className="answer-part">
      <fieldset
        aria-label={`Unknown part: ${name}`}
        className="rounded-outer border-line bg-surface min-w-0 border"
      >
        <header className="flex min-h-9 flex-wrap content-center items-baseline gap-x-2 px-3 py-1">
          <FileQuestionMark size={14} aria-hidden className="text-muted shrink-0 self-center" />
          <span className="figures min-w-0 font-semibold [overflow-wrap:anywhere]">{name}</span>
          <span className="text-muted text-[13px]">
            Vitrine doesn't know this type, so it is shown as received.
          </span>
          <span className="ml-auto flex shrink-0 items-center self-center">
            {isContainer(part.json) ? (
              <ToggleButton isOn={isRaw} onToggle={() => setIsRaw(!isRaw)}>
                Raw
              </ToggleButton>
            ) : null}
            <CopyButton label="Copy JSON" text={text} className="size-6" />
          </span>
        </header>
        <ScrollBox label={`${name}, as received`} className="figures border-line max-h-60 border-t px-3 py-2">
          {isRaw ? (
            <pre className="[overflow-wrap:anywhere] whitespace-pre-wrap">{showMarks(text())}</pre>
          ) : (
            <ValueTree value={part.json} />
          )}
        </ScrollBox>
      </fieldset>
    </div>
  );
});
