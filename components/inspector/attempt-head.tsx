import { durationWords } from "@/components/inspector/frames/time-words";
import { Disclosure } from "@/components/ui/disclosure";
import { headersOf, headOf } from "@/lib/inspect/head-of";
import { showMarks } from "@/lib/markdown/visible-marks";
import { type AttemptRecord, bytesOf, incompleteFrom, type RecordedEnd } from "@/lib/run/record";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";

import type { ShownAttempt } from "./use-attempts";

type AttemptHeadProps = { attempt: ShownAttempt; isLive: boolean };

/** How a server answered one attempt: its status and head, how much came, and how it ended. */
export function AttemptHead({ attempt, isLive }: AttemptHeadProps) {
  const { record, frames } = attempt;
  const head = headOf(record, frames);
  const headers = headersOf(frames);
  const { chunks, end } = record;
  const facts = [
    `${formatPlural(chunks.length, "read")} · ${formatPlural(bytesOf(chunks), "byte")}`,
    isLive && end === null ? "" : missingInWords(record),
    end === null ? "" : endInWords(end),
  ];
  return (
    <div className="border-line text-muted grid gap-0.5 border-b px-4 py-2 text-[13px] tabular-nums">
      {head === null ? (
        <p>no head was received</p>
      ) : (
        <p className="[overflow-wrap:anywhere]">
          <span className="text-text font-medium">{`HTTP ${String(head.status)}`}</span>
          {[
            head.contentType === "" ? "no content type" : showMarks(head.contentType),
            head.requestId === null ? "" : `request id ${showMarks(head.requestId)}`,
            `head after ${durationWords(head.headersMs)}`,
            head.connectMs === null ? "" : `connected in ${durationWords(head.connectMs)}`,
          ]
            .filter((fact) => fact !== "")
            .map((fact) => ` · ${fact}`)
            .join("")}
        </p>
      )}
      {headers.length === 0 ? null : (
        <Disclosure summary={formatPlural(headers.length, "header")}>
          <dl aria-label="Response headers" className="figures grid max-h-40 gap-y-0.5 overflow-y-auto">
            {headers.map(([name, value]) => (
              <div key={name} className="flex gap-x-2">
                <dt className="max-w-[50%] shrink-0 [overflow-wrap:anywhere]">{showMarks(name)}</dt>
                <dd className="text-text min-w-0 [overflow-wrap:anywhere]">{showMarks(value)}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      )}
      <p className="[overflow-wrap:anywhere]">{facts.filter((fact) => fact !== "").join(" · ")}</p>
    </div>
  );
}

/** From where on bytes are missing, and how many; nothing for a whole record. */
function missingInWords(record: AttemptRecord): string {
  const from = incompleteFrom(record);
  if (from === null) return "";
  const { droppedBytes } = record;
  const missing = droppedBytes === 0 ? "" : `: ${formatCount(droppedBytes)} bytes are missing`;
  return `incomplete from byte ${formatCount(from)}${missing}`;
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
      return `broke off: ${showMarks(end.error.message)}`;
  }
}
