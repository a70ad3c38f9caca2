"use client";

import { Segmented } from "@/components/ui/fields/segmented";
import { loadedPart } from "@/components/ui/loaded-part";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { McpGives, ToolBinding, ToolDefinition } from "@/lib/tools/tool";

import { BuiltInChoice } from "./built-in-choice";
import { HttpEditor } from "./http-editor";
import { firstBinding } from "./kind-words";
import { MockEditor } from "./mock-editor";
import { useLatestOf } from "./use-latest-of";

const CodeEditor = loadedPart(async () => (await import("./code-editor")).CodeEditor, {
  wait: <p className="text-muted text-[13px]">Loading the editor…</p>,
});

type BindingEditorProps = {
  tool: ToolDefinition;
  /** Names the choice: "What answers a call", "What answers a call in lane 2". */
  label: string;
  binding: ToolBinding;
  onChange: (binding: ToolBinding) => void;
};

const KINDS = [
  { value: "ask", label: "Ask me" },
  { value: "mock", label: "Mock" },
  { value: "page", label: "Built-in" },
  { value: "javascript", label: "JavaScript" },
  { value: "http", label: "HTTP" },
] as const;

/** Chooses what answers a call, and writes it. What was written for another kind comes back with it. */
export function BindingEditor({ tool, label, binding, onChange }: BindingEditorProps) {
  const latest = useLatestOf<ToolBinding["kind"], ToolBinding>(binding.kind, binding);
  // Only a tool that came from a server has one.
  const hasServer = binding.kind === "mcp" || tool.binding.kind === "mcp" || latest.has("mcp");
  const fromServer = tool.binding.kind === "mcp" ? tool.binding : null;
  const choose = (kind: ToolBinding["kind"]) => {
    const next = latest.get(kind) ?? firstBinding(kind) ?? fromServer;
    if (next !== null) onChange(next);
  };
  return (
    <div className="grid gap-3">
      <Segmented
        label={label}
        value={binding.kind}
        options={[...KINDS, ...(hasServer ? [{ value: "mcp" as const, label: "MCP" }] : [])]}
        onChange={choose}
        className="justify-self-start"
      />
      <OfKind tool={tool} binding={binding} onChange={onChange} />
    </div>
  );
}

type OfKindProps = Omit<BindingEditorProps, "label">;

function OfKind({ tool, binding, onChange }: OfKindProps) {
  switch (binding.kind) {
    case "ask":
      return <p className="text-muted text-[13px]">The lane waits, and you type the result of each call.</p>;
    case "mock":
      return <MockEditor tool={tool} binding={binding} onChange={onChange} />;
    case "page":
      return <BuiltInChoice tool={tool} binding={binding} onChange={onChange} />;
    case "javascript":
      return <CodeEditor binding={binding} onChange={onChange} />;
    case "http":
      return <HttpEditor tool={tool} binding={binding} onChange={onChange} />;
    case "mcp":
      return (
        <div className="grid gap-2 text-[13px]">
          <p className="text-muted">
            The server calls <code className="figures">{showMarks(binding.tool)}</code> of the MCP server{" "}
            <span className="text-text">{showMarks(binding.server.name)}</span>. The model gets:
          </p>
          <Segmented
            label="What the model gets"
            value={binding.gives}
            options={GIVES}
            onChange={(gives) => onChange({ ...binding, gives })}
            className="justify-self-start"
          />
        </div>
      );
  }
}

const GIVES: readonly { readonly value: McpGives; readonly label: string }[] = [
  { value: "text", label: "its text" },
  { value: "structured", label: "its structured content" },
  { value: "all", label: "everything as JSON" },
];
