"use client";

import { useEffect, useMemo, useState } from "react";

import { TrapNote } from "@/components/markdown/trap-note";
import { CodeText } from "@/components/ui/code-text";
import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel/panel";
import { showMarks } from "@/lib/markdown/visible-marks";
import { type AttemptRecord, bytesOf, incompleteFrom, type RecordedEnd } from "@/lib/run/record";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useIsLive, useTurn, useTurnNotes } from "@/lib/session/hooks/use-turn";
import { withSizes } from "@/lib/session/images/wire-images";
import type { TurnId } from "@/lib/session/store/session";

import { curlOf } from "./curl-of";

type WireOf = { turn: TurnId; stepId: string };

/** The exact bytes of one step: what was sent, and every read that came back with its time. */
export function WirePanel({ turn, stepId, onClose }: WireOf & { onClose: () => void }) {
  const isLive = useIsLive(turn);
  return (
    <Panel title="Wire" kind="side" onClose={onClose}>
      <WireOfStep turn={turn} stepId={stepId} isLive={isLive} />
    </Panel>
  );
}

const READ_AGAIN_MS = 500;

function WireOfStep({ turn, stepId, isLive }: WireOf & { isLive: boolean }) {
  const page = usePageActions();
  const notes = useTurnNotes(turn);
  const step = useTurn(turn).steps.find(({ id }) => id === stepId);
  const warnings = useMemo(() => [...new Set((step?.warnings ?? []).map(({ message }) => message))], [step]);
  const [wire, setWire] = useState<ShownWire | null | "loading">("loading");
  useEffect(() => {
    let current = true;
    const load = async () => {
      const records = await page.recordsOf(turn);
      const attempts = records.filter((record) => record.stepId === stepId);
      const [first] = attempts;
      const shown = first ? { first, attempts, sent: await page.sentRequest(first) } : null;
      if (current) setWire(shown);
    };
    void load();
    // Once the turn has settled its record is complete, and is read a last time.
    const timer = isLive ? setInterval(() => void load(), READ_AGAIN_MS) : undefined;
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [page, turn, stepId, isLive]);
  return (
    <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto p-4">
      <Remarks title="Warnings" remarks={warnings} />
      <Remarks title="Notes on the request" remarks={notes} />
      {wireBody(wire, isLive)}
    </div>
  );
}

/** What was odd about the bytes, or changed in the request. */
function Remarks({ title, remarks }: { title: string; remarks: readonly string[] }) {
  if (remarks.length === 0) return null;
  return (
    <section className="grid gap-1">
      <h3 className="font-medium">{title}</h3>
      <ul aria-label={title} className="text-muted list-disc pl-5">
        {remarks.map((remark) => (
          <li key={remark} className="[overflow-wrap:anywhere]">
            {showMarks(remark)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The attempts of a step, which all send the same request, and that request exactly as it was sent: it is what is copied. */
type ShownWire = {
  readonly first: AttemptRecord;
  readonly attempts: readonly AttemptRecord[];
  readonly sent: string;
};

function wireBody(shown: ShownWire | null | "loading", isLive: boolean) {
  if (shown === "loading") return <p className="text-muted">Loading…</p>;
  if (shown === null) {
    return (
      <p className="text-muted">
        No recording for this step: its request was never sent, or its record is not in this browser.
      </p>
    );
  }
  const { first, attempts, sent } = shown;
  return (
    <>
      <section className="grid gap-1">
        <div className="flex items-center gap-1">
          <h3 className="flex-1 font-medium">Request</h3>
          <CopyButton label="Copy request" text={() => sent} />
          <CopyButton
            label="Copy as curl, without the key"
            text={() => curlOf({ url: first.url, request: sent })}
          />
        </div>
        <p className="figures text-muted [overflow-wrap:anywhere]">POST {first.url}</p>
        <CodeText label="Request body" text={withSizes(pretty(first.request))} />
        <TrapNote text={first.request} />
      </section>
      {attempts.map((record) => (
        <Response key={record.attempt} record={record} of={attempts.length} isLive={isLive} />
      ))}
    </>
  );
}

/** The reply to one attempt. */
function Response({ record, of, isLive }: { record: AttemptRecord; of: number; isLive: boolean }) {
  const { attempt, chunks, end } = record;
  const which = of === 1 ? "" : ` ${attempt} of ${of}`;
  const shown = useMemo(() => readTexts(firstOf(chunks)), [chunks]);
  const received = shown.map(({ at, text: read }) => `[${at.toFixed(0)} ms]\n${read}`).join("\n");
  const bytes = bytesOf(chunks);
  const hidden = chunks.length - shown.length;
  return (
    <section className="grid gap-1">
      <div className="flex items-center gap-1">
        <h3 className="flex-1 font-medium">{of === 1 ? "Response" : `Response, attempt${which}`}</h3>
        <CopyButton
          label={`Copy response${which}`}
          text={() =>
            readTexts(chunks)
              .map(({ text }) => text)
              .join("")
          }
        />
      </div>
      <p className="figures text-muted">
        {chunks.length.toLocaleString("en")} reads · {bytes.toLocaleString("en")} bytes
        {isLive && end === null ? "" : missingInWords(record)}
        {end === null ? "" : ` · ${endInWords(end)}`}
      </p>
      <CodeText label={`Response${which} as received`} text={received} maxRows={40} />
      <TrapNote text={received} />
      {hidden > 0 ? (
        <p className="text-muted">
          {`Shown: the first ${SHOWN_BYTES / 1_000_000} MB. The other ${hidden.toLocaleString("en")} reads are in what you copy, and in an export of this comparison.`}
        </p>
      ) : null}
    </section>
  );
}

/** Bytes of a response that the panel draws. */
const SHOWN_BYTES = 2_000_000;

/** The first reads, up to what is drawn. */
function firstOf(chunks: AttemptRecord["chunks"]): AttemptRecord["chunks"] {
  let bytes = 0;
  const end = chunks.findIndex((chunk) => (bytes += chunk.bytes.length) > SHOWN_BYTES);
  return end === -1 ? chunks : chunks.slice(0, Math.max(1, end));
}

/** From where on bytes are missing, and how many; nothing for a whole record. */
function missingInWords(record: AttemptRecord): string {
  const from = incompleteFrom(record);
  if (from === null) return "";
  const { droppedBytes } = record;
  const missing = droppedBytes === 0 ? "" : `: ${droppedBytes.toLocaleString("en")} bytes are missing`;
  return ` · incomplete from byte ${from.toLocaleString("en")}${missing}`;
}

/** Reads as text. A character that was cut between two reads stands in the later one. */
function readTexts(
  chunks: AttemptRecord["chunks"],
): readonly { readonly at: number; readonly text: string }[] {
  const decoder = new TextDecoder();
  return chunks.map(({ at, bytes }) => ({ at, text: decoder.decode(bytes, { stream: true }) }));
}

function endInWords(end: RecordedEnd): string {
  switch (end.how) {
    case "closed":
      return "the server closed it";
    case "left-open":
      return "the server left it open, Vitrine closed it";
    case "stopped":
      return "stopped";
    case "broken":
      return `broke off: ${end.error.message}`;
  }
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    // Shown as it was sent, whatever it was.
    return json;
  }
}
