"use client";

import { Plus } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menus/menu";
import { useActions, useTools } from "@/lib/session/hooks/use-session";
import { sampleTools } from "@/lib/tools/samples";

type AddToolsProps = {
  onNew: () => void;
  onDescribe: () => void;
  onImport: () => void;
};

/** The ways to more tools. */
export function AddTools({ onNew, onDescribe, onImport }: AddToolsProps) {
  return (
    <div className="border-line flex flex-wrap gap-2 border-b px-4 py-3">
      <Button kind="primary" data-initial-focus="" onClick={onNew}>
        <Plus size={14} aria-hidden />
        New tool
      </Button>
      <Button onClick={onDescribe}>Describe…</Button>
      <Button onClick={onImport}>Import…</Button>
      <AddSamples />
    </div>
  );
}

/** Brings deleted samples back, one by one or all. */
function AddSamples() {
  const tools = useTools();
  const { saveTool } = useActions();
  const missing = sampleTools.filter(
    (sample) => !tools.some(({ id, name }) => id === sample.id || name === sample.name),
  );
  if (missing.length === 0) return null;
  return (
    <Menu
      label="Add a sample"
      entries={[
        ...missing.map((sample) => ({
          kind: "item" as const,
          label: sample.name,
          run: () => saveTool(sample),
        })),
        ...(missing.length === 1
          ? []
          : [
              { kind: "separator" as const, id: "all" },
              {
                kind: "item" as const,
                label: `All ${missing.length} samples`,
                run: () => missing.forEach(saveTool),
              },
            ]),
      ]}
    >
      Add a sample…
    </Menu>
  );
}
