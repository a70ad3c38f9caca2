"use client";

import { useEffect, useMemo, useState } from "react";

import { CodeText } from "@/components/ui/code-text";
import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { useIsLive, useTurn, useTurnNotes } from "@/lib/session/hooks/use-turn";
import { withSizes } from "@/lib/session/images/wire-images";
import type { TurnId, WireRecord } from "@/lib/session/store/session";

import { curlOf } from "./curl-of";

type WireOf = { turn: TurnId; stepId: string };

/** The exact bytes of one step: what was sent, and every read that came back with its time. */
export function WirePanel({ turn, stepId, onClose }: WireOf & { onClose: () => void }) {
  const isLive = useIsLive(turn);
  return (
    <Panel title="Wire" kind="side" onClose={onClose} className="min-[720px]:w-[44rem]">
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
      const wires = await page.wiresOf(turn);
      const record = wires.find((other) => other.stepId === stepId);
      const shown = record ? { record, sent: await page.sentRequest(record) } : null;
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
      {wireBody(wire)}
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
            {remark}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A record, and its request exactly as it was sent: that is what is copied. */
type ShownWire = { readonly record: WireRecord; readonly sent: string };

function wireBody(shown: ShownWire | null | "loading") {
  if (shown === "loading") return <p className="text-muted">Loading…</p>;
  if (shown === null) {
    return (
      <p className="text-muted">
        No recording for this step: its request was never made, or its record is not in this browser.
      </p>
    );
  }
  const { record: wire, sent } = shown;
  const request = withSizes(pretty(wire.request));
  const response = wire.chunks.map(({ at, text }) => `[${at.toFixed(0)} ms]\n${text}`).join("\n");
  const bytes = wire.chunks.reduce((sum, { text }) => sum + text.length, 0);
  return (
    <>
      <section className="grid gap-1">
        <div className="flex items-center gap-1">
          <h3 className="flex-1 font-medium">Request</h3>
          <CopyButton label="Copy request" text={() => sent} />
          <CopyButton
            label="Copy as curl, without the key"
            text={() => curlOf({ url: wire.url, request: sent })}
          />
        </div>
        <p className="figures text-muted [overflow-wrap:anywhere]">POST {wire.url}</p>
        <CodeText label="Request body" text={request} />
      </section>
      <section className="grid gap-1">
        <div className="flex items-center gap-1">
          <h3 className="flex-1 font-medium">Response</h3>
          <CopyButton label="Copy response" text={() => wire.chunks.map(({ text }) => text).join("")} />
        </div>
        <p className="figures text-muted">
          {wire.chunks.length.toLocaleString("en")} reads · {bytes.toLocaleString("en")} characters
          {wire.droppedBytes > 0
            ? ` · ${wire.droppedBytes.toLocaleString("en")} bytes over the 2 MB limit left out`
            : ""}
        </p>
        <CodeText label="Response as it came" text={response} maxRows={40} />
      </section>
    </>
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
