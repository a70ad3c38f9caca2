"use client";

import { Download } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { downloadText } from "@/components/ui/download-text";
import { Field } from "@/components/ui/fields/field";
import { Select } from "@/components/ui/fields/select";
import { showMarks } from "@/lib/markdown/visible-marks";
import { FORMAT_LABELS, type ToolFormat } from "@/lib/tools/formats/format";
import { exportTools } from "@/lib/tools/formats/write/export-tools";
import type { ToolDefinition } from "@/lib/tools/tool";

const FORMATS: readonly ToolFormat[] = [
  "vitrine",
  "openai-chat",
  "openai-responses",
  "anthropic",
  "gemini",
  "mcp",
  "json-schema",
  "openapi",
  "curl",
];
/** A longer text is copied and saved whole, and shown in part. */
const SHOWN_CHARACTERS = 20_000;

/** The tools as a text of a chosen format, and what that format can't hold. */
export function ExportTools({ tools, onClose }: { tools: readonly ToolDefinition[]; onClose: () => void }) {
  const [format, setFormat] = useState<ToolFormat>("vitrine");
  const { text, notes } = exportTools(tools, format);
  const shown = text.slice(0, SHOWN_CHARACTERS);
  return (
    <div className="grid content-start gap-3 p-4">
      <Field label="Format" hint="Vitrine's own holds everything but approvals and keys.">
        {(control) => (
          <Select
            {...control}
            value={format}
            options={FORMATS.map((value) => ({ value, label: FORMAT_LABELS[value] }))}
            onChange={(value) => setFormat(FORMATS.find((each) => each === value) ?? "vitrine")}
          />
        )}
      </Field>
      {notes.length === 0 ? null : (
        <ul
          aria-label="Not in this format"
          className="text-warn grid gap-1 text-[13px] [overflow-wrap:anywhere]"
        >
          {notes.map((note) => (
            <li key={note}>{showMarks(note)}</li>
          ))}
        </ul>
      )}
      <pre
        aria-label="Exported tools"
        className="figures bg-sunken rounded-inner max-h-[50vh] overflow-auto p-2 text-[13px] [overflow-wrap:anywhere] whitespace-pre-wrap"
      >
        {showMarks(shown)}
        {shown.length < text.length ? "\n…" : ""}
      </pre>
      <div className="flex flex-wrap gap-2">
        <CopyButton label="Copy" showsLabel text={() => text} />
        <Button
          size="small"
          disabled={text === ""}
          onClick={() => downloadText(format === "curl" ? "tools.sh" : `tools.${format}.json`, text)}
        >
          <Download size={14} aria-hidden />
          Save as a file
        </Button>
        <Button size="small" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  );
}
