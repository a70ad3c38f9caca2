"use client";

import { Download } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Disclosure } from "@/components/ui/disclosure";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { Field } from "@/components/ui/fields/field";
import { Select } from "@/components/ui/fields/select";
import { downloadText } from "@/components/ui/files";
import { showMarks } from "@/lib/markdown/visible-marks";
import { FORMAT_LABELS, type ToolFormat } from "@/lib/tools/formats/format";
import { exportTools } from "@/lib/tools/formats/write/export-tools";
import type { ToolDefinition } from "@/lib/tools/tool";
import { type ToolSet, toolsOf, writtenSets } from "@/lib/tools/tool-set";

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

type ExportToolsProps = {
  tools: readonly ToolDefinition[];
  sets: readonly ToolSet[];
  onClose: () => void;
};

/** The chosen tools as a text of a chosen format, and what that format can't hold. */
export function ExportTools({ tools, sets, onClose }: ExportToolsProps) {
  const [format, setFormat] = useState<ToolFormat>("vitrine");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = tools.filter(({ id }) => !left.has(id));
  const { text, notes } = exportTools(chosen, format, writtenSets(sets, chosen));
  const shown = text.slice(0, SHOWN_CHARACTERS);
  return (
    <div className="grid content-start gap-3 p-4">
      <Field
        label="Format"
        hint="Vitrine's own holds your sets and everything of a tool but approvals and keys."
      >
        {(control) => (
          <Select
            {...control}
            value={format}
            options={FORMATS.map((value) => ({ value, label: FORMAT_LABELS[value] }))}
            onChange={(value) => setFormat(FORMATS.find((each) => each === value) ?? "vitrine")}
          />
        )}
      </Field>
      <ToolChoice tools={tools} sets={sets} left={left} onLeft={setLeft} />
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
          disabled={chosen.length === 0 || text === ""}
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

type ToolChoiceProps = {
  tools: readonly ToolDefinition[];
  sets: readonly ToolSet[];
  /** Ids of the tools that are left out. */
  left: ReadonlySet<string>;
  onLeft: (left: ReadonlySet<string>) => void;
};

/** Which tools are exported: all at first, those of one set at a press, or each by its check box. */
function ToolChoice({ tools, sets, left, onLeft }: ToolChoiceProps) {
  const allBut = (kept: readonly ToolDefinition[]) =>
    onLeft(new Set(tools.filter((tool) => !kept.includes(tool)).map(({ id }) => id)));
  const count = tools.length - tools.filter(({ id }) => left.has(id)).length;
  return (
    <Disclosure summary={`Tools: ${count} of ${tools.length}`}>
      <div className="grid gap-2">
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={() => allBut(tools)}>
            Choose all
          </Button>
          <Button size="small" onClick={() => allBut([])}>
            Choose none
          </Button>
          {sets.map((set) => (
            <Button
              key={set.id}
              size="small"
              className="max-w-full"
              onClick={() => allBut(toolsOf(set, tools))}
            >
              <span className="truncate">Only set {showMarks(set.name)}</span>
            </Button>
          ))}
        </div>
        <ul aria-label="Tools to export" className="grid max-h-[30vh] gap-1 overflow-y-auto">
          {tools.map(({ id, name }) => (
            <li key={id}>
              <Checkbox
                checked={!left.has(id)}
                onChange={(isChosen) => {
                  const next = new Set(left);
                  if (isChosen) next.delete(id);
                  else next.add(id);
                  onLeft(next);
                }}
                label={<span className="figures text-text [overflow-wrap:anywhere]">{showMarks(name)}</span>}
              />
            </li>
          ))}
        </ul>
      </div>
    </Disclosure>
  );
}
