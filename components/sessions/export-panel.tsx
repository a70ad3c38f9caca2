"use client";

import { useState } from "react";

import { downloadBytes } from "@/components/ui/files";
import { Panel } from "@/components/ui/panel/panel";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useActions, useSession } from "@/lib/session/hooks/use-session";
import { effectiveSetup } from "@/lib/session/store/lanes";
import type { ExportedFile, ExportFormat, ExportScope, SessionSetup } from "@/lib/session/store/session";

type FormatRow = { readonly format: ExportFormat; readonly name: string; readonly use: string };

const FORMATS: readonly FormatRow[] = [
  { format: "tape", name: "Tape (.tape)", use: "Every byte and its time, to replay in Vitrine" },
  {
    format: "html",
    name: "Web page (.html)",
    use: "Lanes side by side in one file, to read, send and print",
  },
  {
    format: "markdown",
    name: "Markdown (.md)",
    use: "Prompts, thoughts, calls and answers, to read and paste",
  },
  {
    format: "messages",
    name: "OpenAI messages (.jsonl)",
    use: "A conversation per lane, to train and evaluate",
  },
  { format: "har", name: "HAR (.har)", use: "Requests and answers, opens in a browser's network panel" },
  { format: "go-vcr", name: "go-vcr (.yaml)", use: "Requests and answers, to replay in tests" },
  { format: "sse", name: "Raw answer (.sse)", use: "The bytes of the last answer alone" },
  {
    format: "otlp",
    name: "OpenTelemetry (.otlp.json)",
    use: "Traces with GenAI and OpenInference attributes",
  },
];

type ExportPanelProps = {
  scope: ExportScope;
  onClose: () => void;
};

/** Saves the open comparison, a lane or an answer in one of many formats, and says what that format cannot hold. */
export function ExportPanel({ scope, onClose }: ExportPanelProps) {
  const session = useSession();
  const actions = useActions();
  const [writing, setWriting] = useState<ExportFormat | null>(null);
  const [saved, setSaved] = useState<ExportedFile | null>(null);
  const save = async (format: ExportFormat) => {
    if (writing !== null) return;
    setWriting(format);
    const file = await actions.exportAs(session.id, scope, format);
    setWriting(null);
    setSaved(file);
    if (file !== null) downloadBytes(file.name, file.content, file.type);
  };
  return (
    <Panel title={titleOf(scope)} kind="dialog" onClose={onClose}>
      <div className="relative grid min-h-0 gap-1 overflow-y-auto px-2 py-2">
        <p className="text-muted truncate px-2 pb-1 text-[13px]">{whatIsExported(scope, session)}</p>
        <ul aria-label="Formats">
          {FORMATS.map(({ format, name, use }, index) => (
            <li key={format}>
              <button
                type="button"
                data-initial-focus={index === 0 ? "" : undefined}
                aria-disabled={writing !== null}
                onClick={() => void save(format)}
                className="rounded-inner hover:bg-sunken grid w-full px-2 py-1.5 text-left pointer-coarse:min-h-11"
              >
                <span>{name}</span>
                <span className="text-muted text-[13px]">{writing === format ? "Writing…" : use}</span>
              </button>
            </li>
          ))}
        </ul>
        <output className="block px-2 text-[13px]">{saved === null ? null : <Saved file={saved} />}</output>
      </div>
    </Panel>
  );
}

function Saved({ file }: { file: ExportedFile }) {
  return (
    <div className="border-line mt-1 grid gap-1 border-t pt-2 pb-1">
      <p className="[overflow-wrap:anywhere]">{`Saved as ${file.name}.`}</p>
      {file.losses.length === 0 ? null : (
        <ul className="text-muted list-disc pl-4">
          {file.losses.map((loss) => (
            <li key={loss}>{loss}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function titleOf({ of }: ExportScope): string {
  switch (of) {
    case "comparison":
      return "Save this comparison as";
    case "lane":
      return "Save this lane as";
    case "turn":
      return "Save this answer as";
  }
}

function whatIsExported(scope: ExportScope, session: SessionSetup): string {
  if (scope.of !== "lane") return showMarks(session.name);
  const number = session.lanes.findIndex(({ id }) => id === scope.lane) + 1;
  const { model } = effectiveSetup(session, scope.lane);
  return `Lane ${number} · ${showMarks(model)}`;
}
