"use client";

import { useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { JsonDiff } from "@/components/ui/code/json-diff";
import { JsonText } from "@/components/ui/code/json-text";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/fields/field";
import { isComposing } from "@/components/ui/fields/is-composing";
import { Select } from "@/components/ui/fields/select";
import { TextArea } from "@/components/ui/fields/text-area";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useLaneViews } from "@/lib/session/hooks/use-session";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { Part, Turn } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

import { ModelReply } from "./model-reply";
import { type Describing, useDescribe } from "./use-describe";

type DescribeToolProps = {
  /** The tool that changes; null = a new one. */
  current: ToolDefinition | null;
  /** Takes the draft. Of a new tool its id means nothing. */
  onApply: (tool: ToolDefinition) => void;
};

/** One sentence to a lane's own model, and the tool that it makes of it. Nothing is saved before Apply. */
export function DescribeTool({ current, onApply }: DescribeToolProps) {
  const lanes = useLaneViews();
  const [picked, setPicked] = useState<string | null>(null);
  const [sentence, setSentence] = useState("");
  const { shown, ask, stop, discard } = useDescribe();
  const lane = lanes.find(({ id }) => id === picked) ?? lanes[0];
  if (lane === undefined) return null;
  const isAsking = shown.state === "asking";
  const start = () => {
    if (sentence.trim() !== "" && !isAsking) ask({ lane: lane.id, sentence, current });
  };
  return (
    <div className="grid content-start gap-3">
      <Field
        label={current === null ? "What should the tool do?" : "What should change?"}
        hint={`One request to the model of ${lane.name}. Nothing is saved before you apply it.`}
      >
        {(control) => (
          <TextArea
            {...control}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by the press that asked for it
            autoFocus
            rows={2}
            value={sentence}
            placeholder={
              current === null
                ? "Find trains between two cities on a day"
                : "Let it take a list of cities, and add a unit"
            }
            onChange={(event) => setSentence(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
              event.preventDefault();
              start();
            }}
            className="max-h-40 w-full"
          />
        )}
      </Field>
      {lanes.length > 1 ? (
        <Field label="Lane whose model writes it">
          {(control) => (
            <Select
              {...control}
              value={lane.id}
              options={lanes.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={setPicked}
              className="w-full"
            />
          )}
        </Field>
      ) : null}
      <div className="flex gap-2">
        {isAsking ? (
          <Button onClick={stop}>Stop</Button>
        ) : (
          <Button
            kind={shown.state === "drafted" ? "plain" : "primary"}
            title="Ctrl+Enter"
            disabled={sentence.trim() === ""}
            onClick={start}
          >
            {shown.state === "none" ? "Draft it" : "Draft it again"}
          </Button>
        )}
      </div>
      <Outcome
        shown={shown}
        current={current}
        onDiscard={discard}
        onApply={(tool) => {
          discard();
          setSentence("");
          onApply(tool);
        }}
      />
    </div>
  );
}

type OutcomeProps = DescribeToolProps & { shown: Describing; onDiscard: () => void };

function Outcome({ shown, current, onDiscard, onApply }: OutcomeProps) {
  const id = useId();
  switch (shown.state) {
    case "none":
      return null;
    case "asking":
      return (
        <div className="grid gap-2">
          <output className="text-muted text-[13px]">{progressWords(shown.turn)}</output>
          {shown.turn.steps.some(({ parts }) => parts.length > 0) ? <ModelReply turn={shown.turn} /> : null}
        </div>
      );
    case "stopped":
      return <output className="text-muted text-[13px]">Stopped. Nothing was saved.</output>;
    case "failed":
      return (
        <div className="grid gap-2">
          <p role="alert" className="text-danger text-[13px] [overflow-wrap:anywhere]">
            {showMarks(shown.why)}
          </p>
          <Disclosure summary="What the model wrote" defaultOpen>
            <ModelReply turn={shown.turn} />
          </Disclosure>
        </div>
      );
    case "drafted": {
      const { tool, notes } = shown;
      const isSame = current !== null && written(current) === written(tool);
      return (
        <section aria-labelledby={id} className="border-line-strong rounded-inner grid gap-2 border p-3">
          <h3 id={id} className="font-medium [overflow-wrap:anywhere]">
            Draft: <span className="figures">{showMarks(tool.name)}</span>
          </h3>
          {notes.length === 0 ? null : (
            <ul aria-label="To check" className="text-warn grid gap-0.5 text-[13px] [overflow-wrap:anywhere]">
              {notes.map((note) => (
                <li key={note}>{showMarks(note)}</li>
              ))}
            </ul>
          )}
          {isSame ? (
            <p className="text-muted text-[13px]">
              The draft is the tool as it is. Describe what should change.
            </p>
          ) : current === null ? (
            <JsonText label="Drafted tool" text={showMarks(written(tool))} />
          ) : (
            <JsonDiff
              label="What the draft changes"
              before={showMarks(written(current))}
              after={showMarks(written(tool))}
            />
          )}
          <div className="flex gap-2">
            {isSame ? null : (
              <Button kind="primary" size="small" onClick={() => onApply(tool)}>
                {current === null ? "Add this tool" : "Apply"}
              </Button>
            )}
            <Button size="small" onClick={onDiscard}>
              Discard
            </Button>
          </div>
          <Disclosure summary="What the model wrote">
            <ModelReply turn={shown.turn} />
          </Disclosure>
        </section>
      );
    }
  }
}

/** How far the model is, so that a person knows whether to wait. */
function progressWords({ steps }: Turn): string {
  const step = steps.at(-1);
  if (step === undefined || step.sentAt === null) return "Waiting for the model …";
  const pieces = sumOf(step.parts);
  return pieces === 0
    ? "The model reads the request …"
    : `The model writes: ${formatPlural(pieces, "piece")} so far …`;
}

function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { deltas }) => sum + deltas, 0);
}

/** What a model was asked for. */
function written({ name, description, parameters }: ToolDefinition): string {
  return JSON.stringify({ name, description, parameters }, null, 2);
}
