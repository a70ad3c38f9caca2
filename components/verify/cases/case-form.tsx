"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/fields/checkbox";
import { Field } from "@/components/ui/fields/field";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { Segmented } from "@/components/ui/fields/segmented";
import { TextArea } from "@/components/ui/fields/text-area";
import { TextField } from "@/components/ui/fields/text-field";
import { IconButton } from "@/components/ui/icon-button";
import { useTools } from "@/lib/session/hooks/use-session";
import { caseTool } from "@/lib/session/verify/case-of-turn";
import type { AnswerMode, VerifyCase } from "@/lib/verify/case";

import { type Expected, expectedOf, expectsOf, problemOf } from "./expected";
import { ExpectedCalls } from "./expected-calls";

type CaseFormProps = {
  value: VerifyCase;
  onSave: (saved: VerifyCase) => void;
  onCancel: () => void;
};

const KINDS = [
  { value: "calls", label: "Calls" },
  { value: "no-call", label: "No call" },
  { value: "text", label: "Words" },
] as const;

const MODES: readonly (readonly [AnswerMode, string])[] = [
  ["stream", "streamed"],
  ["whole", "in one response"],
];

/** Edits one case: what is said, which tools there are, what a good answer is. */
export function CaseForm({ value, onSave, onCancel }: CaseFormProps) {
  const library = useTools();
  const [title, setTitle] = useState(value.title);
  const [system, setSystem] = useState(value.system);
  const [prompts, setPrompts] = useState(value.prompts.map(({ text }) => text));
  const [tools, setTools] = useState(value.tools);
  const [modes, setModes] = useState(value.modes);
  const [expected, setExpected] = useState<Expected>(() => expectedOf(value.expects));
  const [isAsked, setIsAsked] = useState(false);
  const offered = [
    ...tools,
    ...library.map(caseTool).filter(({ name }) => !tools.some((own) => own.name === name)),
  ];
  const problem =
    title.trim() === ""
      ? "Give the case a name."
      : prompts.every((text) => text.trim() === "")
        ? "Write a prompt."
        : modes.length === 0
          ? "Choose at least one way to answer."
          : problemOf(expected, tools);
  const save = () => {
    setIsAsked(true);
    if (problem !== null) return;
    onSave({
      ...value,
      title: title.trim(),
      system,
      prompts: prompts.filter((text) => text.trim() !== "").map((text) => ({ text, tools: null })),
      tools,
      modes,
      expects: expectsOf(expected, value.expects),
    });
  };
  return (
    <form
      aria-label="Case"
      className="mx-auto grid max-w-180 gap-4 pt-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label="Name">
        {(control) => (
          <TextField
            {...control}
            ref={focusOnMount}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <Field label="System prompt">
        {(control) => (
          <TextArea
            {...control}
            rows={1}
            value={system}
            onChange={(event) => setSystem(event.target.value)}
          />
        )}
      </Field>
      {prompts.map((text, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a prompt is its place
        <div key={index} className="flex items-end gap-1">
          <Field label={prompts.length === 1 ? "Prompt" : `Prompt ${index + 1}`} className="min-w-0 flex-1">
            {(control) => (
              <TextArea
                {...control}
                rows={2}
                value={text}
                onChange={(event) => setPrompts(prompts.with(index, event.target.value))}
              />
            )}
          </Field>
          {prompts.length === 1 ? null : (
            <IconButton
              label={`Remove prompt ${index + 1}`}
              onClick={() => setPrompts(prompts.filter((_, other) => other !== index))}
            >
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </div>
      ))}
      <Button size="small" className="justify-self-start" onClick={() => setPrompts([...prompts, ""])}>
        <Plus size={14} aria-hidden />
        Then say
      </Button>
      <fieldset>
        <legend className="text-muted pb-1 text-[13px]">Tools</legend>
        {offered.length === 0 ? (
          <p className="text-muted text-[13px]">
            The library has no tool. Add one in the playground’s tools.
          </p>
        ) : (
          <div className="flex flex-wrap gap-x-4">
            {offered.map((tool) => (
              <Checkbox
                key={tool.name}
                label={tool.name}
                title={
                  tool.answers.by === "never"
                    ? "Its calls are not answered: the turn ends at them"
                    : "Its calls get an invented result"
                }
                checked={tools.includes(tool)}
                onChange={(isIn) =>
                  setTools(isIn ? [...tools, tool] : tools.filter((other) => other !== tool))
                }
              />
            ))}
          </div>
        )}
      </fieldset>
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="text-muted pb-1 text-[13px]">Asked</legend>
        {MODES.map(([mode, label]) => (
          <Checkbox
            key={mode}
            label={label}
            checked={modes.includes(mode)}
            onChange={(isIn) => setModes(isIn ? [...modes, mode] : modes.filter((other) => other !== mode))}
          />
        ))}
      </fieldset>
      <div className="grid justify-items-start gap-2">
        <span className="text-muted text-[13px]">A good answer</span>
        <Segmented
          label="A good answer"
          value={expected.kind}
          options={KINDS}
          onChange={(kind) => setExpected({ ...expected, kind })}
        />
        {expected.kind === "calls" ? (
          <ExpectedCalls
            calls={expected.calls}
            tools={tools}
            onChange={(calls) => setExpected({ ...expected, calls })}
          />
        ) : expected.kind === "text" ? (
          <Field label="Contains one of these, a line each" className="w-full">
            {(control) => (
              <TextArea
                {...control}
                rows={2}
                value={expected.words}
                onChange={(event) => setExpected({ ...expected, words: event.target.value })}
              />
            )}
          </Field>
        ) : (
          <p className="text-muted text-[13px]">The model answers in words and calls nothing.</p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" kind="primary">
          Save case
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
        <output className="text-danger text-[13px]">{isAsked ? problem : null}</output>
      </div>
    </form>
  );
}
