"use client";

import type { ReactNode } from "react";

import { Segmented } from "@/components/ui/fields/segmented";
import { answersByItself, isStateful, type ToolApproval, type ToolDefinition } from "@/lib/tools/tool";

import { BindingEditor } from "./binding-editor";
import { canShare } from "./kind-words";

type AnswerSectionProps = {
  tool: ToolDefinition;
  onSave: (tool: ToolDefinition) => void;
  /** Below: the lanes that have another answer. */
  children: ReactNode;
};

/** What answers a tool's calls, whether it asks first, and whether lanes share its results. */
export function AnswerSection({ tool, onSave, children }: AnswerSectionProps) {
  const { binding } = tool;
  return (
    <section aria-label="What answers a call" className="border-line grid gap-3 border-t pt-3">
      <h3 className="font-medium">What answers a call</h3>
      <BindingEditor
        tool={tool}
        label="What answers a call"
        binding={binding}
        onChange={(next) => onSave({ ...tool, binding: next })}
      />
      {binding.kind === "ask" ? null : (
        <Labeled label="Before it runs">
          <Approval tool={tool} onChange={(approval) => onSave({ ...tool, approval })} />
        </Labeled>
      )}
      {canShare(binding) ? (
        <Labeled label="The same call in several lanes">
          <Segmented
            label="The same call in several lanes"
            value={tool.sharing}
            options={[
              { value: "shared", label: "One result for all lanes" },
              { value: "each", label: "Run for each lane" },
            ]}
            onChange={(sharing) => onSave({ ...tool, sharing })}
            className="justify-self-start"
          />
        </Labeled>
      ) : null}
      {isStateful(binding) ? (
        <p className="text-muted text-[13px]">
          It keeps state: each lane has its own, built from the lane&rsquo;s calls, so it runs for each lane.
        </p>
      ) : null}
      {children}
    </section>
  );
}

type ApprovalProps = { tool: ToolDefinition; onChange: (approval: ToolApproval | null) => void };

/** What the kind does by default is saved as "not chosen", so that another kind brings its own default. */
function Approval({ tool, onChange }: ApprovalProps) {
  const usual: ToolApproval = answersByItself({ binding: tool.binding, approval: null }) ? "none" : "each";
  const name = (approval: ToolApproval, label: string) => ({
    value: approval,
    label: approval === usual ? `${label} (default)` : label,
  });
  return (
    <Segmented
      label="Before it runs"
      value={tool.approval ?? usual}
      options={[name("none", "Runs by itself"), name("each", "Asks each time")]}
      onChange={(approval) => onChange(approval === usual ? null : approval)}
      className="justify-self-start"
    />
  );
}

function Labeled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-1">
      <span className="text-muted text-[13px]">{label}</span>
      {children}
    </div>
  );
}
