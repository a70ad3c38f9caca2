"use client";

import { useMemo, useState } from "react";

import { ValueTree } from "@/components/answer/tool/value-tree";
import { TrapNote } from "@/components/markdown/trap-note";
import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code/code-text";
import { CopyButton } from "@/components/ui/copy-button";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { AttemptRecord } from "@/lib/run/record";
import { useTurnRecord } from "@/lib/session/hooks/use-turn";
import { withSizes } from "@/lib/session/images/wire-images";
import type { TurnId } from "@/lib/session/store/session";
import { formatCount } from "@/lib/stream/figures/format-number";
import { isObject } from "@/lib/stream/turn/json-read";
import { readWritten } from "@/lib/stream/turn/written-json";

import { FieldOrigins } from "./field-origins";
import { RenderedPrompt } from "./rendered-prompt";

type RequestTabProps = {
  turn: TurnId;
  record: AttemptRecord;
  /** The body exactly as it was sent: it is what is copied. */
  sent: string;
  /** What was changed or left out for this provider, in words. */
  notes: readonly string[];
  /** Shows it beside the request of the step before; absent in the first step. */
  onCompare: (() => void) | undefined;
};

/** What a step sent: what Vitrine changed of what was asked, and the body as a tree or as the text it was. */
export function RequestTab({ turn, record, sent, notes, onCompare }: RequestTabProps) {
  const { request, url } = record;
  const setup = useTurnRecord(turn)?.setup;
  const [isRaw, setIsRaw] = useState(false);
  const shown = useMemo(() => withSizes(request), [request]);
  const tree = useMemo(() => readWritten(shown), [shown]);
  const bytes = useMemo(() => new TextEncoder().encode(sent).length, [sent]);
  return (
    <div className="relative grid min-h-0 flex-1 content-start gap-4 overflow-y-auto p-4">
      {isObject(tree) && setup !== undefined ? (
        <FieldOrigins body={tree} setup={setup} record={record} notes={notes} />
      ) : null}
      <section className="grid gap-1.5">
        <div className="flex items-center gap-1">
          <h3 className="flex-1 font-medium">Body</h3>
          {onCompare === undefined ? null : (
            <Button kind="quiet" size="small" onClick={onCompare}>
              Compare with the step before
            </Button>
          )}
          <Button
            kind="quiet"
            size="small"
            aria-pressed={isRaw}
            onClick={() => setIsRaw(!isRaw)}
            className="aria-pressed:bg-sunken aria-pressed:text-text"
          >
            Raw
          </Button>
          <CopyButton label="Copy request" text={() => sent} />
        </div>
        <p className="figures text-muted [overflow-wrap:anywhere]">
          {`POST ${showMarks(url)} · ${formatCount(bytes)} bytes`}
        </p>
        {isRaw || !isObject(tree) ? (
          <>
            <CodeText label="Request body" text={pretty(shown)} maxRows={30} />
            <TrapNote text={shown} />
          </>
        ) : (
          <fieldset
            aria-label="Request body"
            className="figures rounded-inner border-line bg-sunken min-w-0 border px-3 py-2 leading-[20px]"
          >
            <ValueTree value={tree} folds />
          </fieldset>
        )}
      </section>
      <RenderedPrompt turn={turn} record={record} sent={sent} />
    </div>
  );
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    // Shown as it was sent, whatever it was.
    return json;
  }
}
