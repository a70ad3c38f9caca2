"use client";

import { useState } from "react";

import { JsonEditor } from "@/components/json-editor/json-editor";
import { jsonProblems } from "@/components/json-editor/json-problems";
import { inTool } from "@/components/json-editor/jump-to";
import type { JumpTo } from "@/components/json-editor/jump-to";
import { ProblemList } from "@/components/json-editor/problem-list";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/fields/field";
import { Segmented } from "@/components/ui/fields/segmented";
import { TextArea } from "@/components/ui/fields/text-area";
import { loadedPart } from "@/components/ui/loaded-part";
import { readBinding } from "@/lib/contract/tool-binding";
import type { LaneView } from "@/lib/session/store/lane-view";
import type { Json } from "@/lib/stream/turn/json";
import { parseJson } from "@/lib/stream/turn/json-read";
import type { Problem } from "@/lib/tools/formats/problem";
import { readTool } from "@/lib/tools/formats/read-tool";
import { type ReadContext, readListed } from "@/lib/tools/formats/read-value";
import type { ToolBinding, ToolDefinition } from "@/lib/tools/tool";

import { AnswerSection } from "./binding/answer-section";
import { LaneAnswers } from "./binding/lane-answers";
import { ToolFindings } from "./lint/tool-findings";
import { SentView } from "./sent-view";
import { formDraft, meantTool, readDraft, toFormView, toJsonView, type ToolDraft } from "./tool-draft";
import { ToolForm } from "./tool-form";
import { ToolListReview } from "./tool-list-review";
import { toolJsonSchema } from "./tool-schema";
import { TrySection } from "./try/try-section";

const DescribeTool = loadedPart(async () => (await import("./describe/describe-tool")).DescribeTool, {
  wait: <p className="text-muted text-[13px]">Loading…</p>,
});

type ToolEditorProps = {
  tool: ToolDefinition;
  others: readonly ToolDefinition[];
  lanes: readonly LaneView[];
  /** What was typed earlier and could not be saved; null = nothing. */
  kept: ToolDraft | null;
  /** Called with each text that cannot be saved, and with null once it can. */
  onKeep: (draft: ToolDraft | null) => void;
  onSave: (tool: ToolDefinition) => void;
  /** Gives a lane an answer of its own to the tool's calls; null takes it back. */
  onAnswer: (lane: LaneView, binding: ToolBinding | null) => void;
  /** Called with the tools of a pasted list, whose ids mean nothing. */
  onAddAll: (tools: readonly ToolDefinition[]) => void;
};

/** One tool in two views of one value, and as requests hold it. What is valid is saved as it is typed; what is not stays a draft and says why. */
export function ToolEditor(props: ToolEditorProps) {
  const { tool, others, lanes, kept, onKeep, onSave, onAnswer, onAddAll } = props;
  const [draft, setDraft] = useState<ToolDraft>(kept ?? formDraft(tool));
  const [edition, setEdition] = useState(0);
  const [jump, setJump] = useState<JumpTo | null>(null);
  const [isSent, setIsSent] = useState(false);
  const outcome = readDraft(draft, tool, others);
  const context: ReadContext = { others, readBinding };
  const form = toFormView(draft, tool);
  const meant = meantTool(draft, tool);
  const list = draft.view === "json" ? readListed(parseJson(draft.text) ?? null, context) : null;

  const change = (next: ToolDraft) => {
    setDraft(next);
    const read = readDraft(next, tool, others);
    onKeep(read.ok ? null : next);
    if (read.ok) onSave(read.tool);
  };
  /** Takes another value of the tool into the view that is open, and saves it if it can be saved. */
  const replace = (next: ToolDefinition) => {
    const written = formDraft(next);
    const shown = draft.view === "json" ? toJsonView(written) : written;
    setDraft(shown);
    setEdition(edition + 1);
    setJump(null);
    const read = readDraft(shown, next, others);
    onKeep(read.ok ? null : shown);
    if (read.ok) onSave(read.tool);
  };
  const format = (text: string) => {
    const written = formatted(text);
    if (written === null) return;
    setEdition(edition + 1);
    setJump(null);
    change({ view: "json", text: written });
  };
  /** Shows the place of a problem in the JSON view. */
  const goTo = (pointer: string) => {
    const json = toJsonView(draft);
    setIsSent(false);
    setDraft(json);
    setJump(inTool(pointer, parseJson(json.text)));
  };
  const check = (value: Json): readonly Problem[] => {
    const many = readListed(value, context);
    if (many !== null) return many.problems;
    const read = readTool(value, tool, others);
    return read.ok ? read.warnings : read.problems;
  };
  return (
    <div className="grid content-start gap-3 p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segmented
          label="View"
          value={isSent ? "sent" : draft.view}
          options={[
            { value: "form", label: "Form" },
            { value: "json", label: "JSON" },
            { value: "sent", label: "As sent" },
          ]}
          onChange={(view) => {
            setJump(null);
            setIsSent(view === "sent");
            if (view === "json") setDraft(toJsonView(draft));
            else if (view === "form" && form !== null) setDraft(form);
          }}
        />
        <SaveState message={outcome.ok ? null : outcome.message} />
      </div>
      {isSent ? (
        <SentView tool={tool} />
      ) : draft.view === "form" ? (
        <ToolForm key={edition} draft={draft} outcome={outcome} onChange={change} />
      ) : (
        <>
          <JsonEditor
            key={edition}
            label="Tool as JSON"
            jump={jump}
            initialValue={draft.text}
            schema={toolJsonSchema}
            problemsOf={(text) => jsonProblems(text, check)}
            onChange={(text) => change({ view: "json", text })}
          />
          <div className="flex flex-wrap items-start justify-between gap-2">
            <div className="min-w-0 flex-1">
              <ProblemList text={draft.text} problems={jsonProblems(draft.text, check)} onJump={setJump} />
            </div>
            <Button size="small" disabled={formatted(draft.text) === null} onClick={() => format(draft.text)}>
              Format
            </Button>
          </div>
          {list === null ? null : (
            <ToolListReview list={list} onAdd={() => onAddAll(list.found.map((each) => each.tool))} />
          )}
          {form === null && list === null ? (
            <p className="text-muted text-[13px]">The form returns once this JSON describes a tool.</p>
          ) : null}
        </>
      )}
      {outcome.ok ? (
        <Disclosure summary="Describe a change">
          <DescribeTool current={outcome.tool} onApply={replace} />
        </Disclosure>
      ) : null}
      <Field label="Example result" hint="Offered as the result when the model calls this tool.">
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            value={tool.exampleResult ?? ""}
            onChange={(event) =>
              onSave({ ...tool, exampleResult: event.target.value === "" ? null : event.target.value })
            }
            className="figures w-full"
          />
        )}
      </Field>
      <AnswerSection tool={tool} onSave={onSave}>
        <LaneAnswers tool={tool} lanes={lanes} onAnswer={onAnswer} />
      </AnswerSection>
      <TrySection tool={tool} onSave={onSave} />
      {meant === null ? null : <ToolFindings tool={meant} onFix={replace} onJump={goTo} />}
    </div>
  );
}

/** The text with a line for each value; null where it is not JSON, or a number in it would lose digits. */
function formatted(text: string): string | null {
  const value = /\d{16}/.test(text) ? undefined : parseJson(text);
  const written = value === undefined ? null : JSON.stringify(value, null, 2);
  return written === text ? null : written;
}

function SaveState({ message }: { message: string | null }) {
  return (
    <output className={message === null ? "text-muted text-[13px]" : "text-danger text-[13px]"}>
      {message === null ? "Saved" : `Not saved: ${message}`}
    </output>
  );
}
