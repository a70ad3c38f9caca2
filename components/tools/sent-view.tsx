"use client";

import { useState } from "react";

import { JsonText } from "@/components/ui/code/json-text";
import { Segmented } from "@/components/ui/fields/segmented";
import { showMarks } from "@/lib/markdown/visible-marks";
import { toolAsSent } from "@/lib/run/tool-as-sent";
import type { ToolDefinition } from "@/lib/tools/tool";

/** A tool as a request holds it, in each dialect. */
export function SentView({ tool }: { tool: ToolDefinition }) {
  const all = toolAsSent(tool);
  const [chosen, setChosen] = useState(all[0]?.label ?? "");
  const sent = all.find(({ label }) => label === chosen);
  return (
    <div className="grid gap-2">
      <Segmented
        label="Dialect"
        value={chosen}
        options={all.map(({ label }) => ({ value: label, label }))}
        onChange={setChosen}
      />
      {sent === undefined || sent.value === null ? (
        <p className="text-muted text-[13px]">This tool is not sent in this dialect.</p>
      ) : (
        <JsonText label={`Tools in ${sent.label}`} text={showMarks(JSON.stringify(sent.value, null, 2))} />
      )}
      {sent === undefined || sent.notes.length === 0 ? null : (
        <ul aria-label="Changed or left out" className="text-warn grid gap-1 text-[13px]">
          {sent.notes.map((note) => (
            <li key={note}>{showMarks(note)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
