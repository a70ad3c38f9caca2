"use client";

import { useState } from "react";

import { originInWords, timeInWords } from "@/components/answer/tool/origin-words";
import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code/code-text";
import { Disclosure } from "@/components/ui/disclosure";
import { loadedPart } from "@/components/ui/loaded-part";
import { UndoRow } from "@/components/ui/undo-row";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { JsonObject } from "@/lib/stream/turn/json";
import { asObject } from "@/lib/stream/turn/json-read";
import { exampleOf } from "@/lib/tools/schema/example-of";
import { BINDING_LABELS, isStateful, type ToolBinding, type ToolDefinition } from "@/lib/tools/tool";

import { withMockRule } from "./saved-rule";
import { TryArguments } from "./try-arguments";
import { type TryRun, useTryRun } from "./use-try-run";

// Few tools ask anything.
const CallQuestion = loadedPart(
  async () => (await import("@/components/answer/tool/question/call-question")).CallQuestion,
);
// Most results are text alone.
const ReceivedContent = loadedPart(
  async () => (await import("@/components/answer/tool/result/received-content")).ReceivedContent,
);

type TrySectionProps = { tool: ToolDefinition; onSave: (tool: ToolDefinition) => void };

/** Calls a tool without a model. */
export function TrySection(props: TrySectionProps) {
  return (
    <section aria-label="Try it" className="border-line border-t pt-2">
      <Disclosure summary={<span className="text-text font-medium">Try it</span>}>
        <Try {...props} />
      </Disclosure>
    </section>
  );
}

function Try({ tool, onSave }: TrySectionProps) {
  const [args, setArgs] = useState<JsonObject>(() => asObject(exampleOf(tool.parameters)) ?? {});
  const [isBroken, setBroken] = useState(false);
  const { run, calls, start, stop, reset } = useTryRun();
  /** What answered before a result was saved as a mock in its place. */
  const [before, setBefore] = useState<ToolBinding | null>(null);
  const { binding } = tool;
  const saveRule = (tried: Extract<TryRun, { readonly state: "done" }>) => {
    const isAnotherRule = binding.kind === "mock" && binding.mock.by === "arguments";
    setBefore(isAnotherRule ? null : binding);
    onSave(withMockRule(tool, tried.args, tried.result));
  };
  return (
    <div className="grid gap-3">
      <TryArguments parameters={tool.parameters} args={args} onChange={setArgs} onBroken={setBroken} />
      {binding.kind === "ask" ? (
        <p className="text-muted text-[13px]">
          You answer this tool&rsquo;s calls, so there is nothing to run.
        </p>
      ) : (
        <RunRow
          binding={binding}
          run={run}
          calls={calls}
          isBroken={isBroken}
          onRun={() => start(binding, args)}
          onStop={stop}
          onReset={reset}
        />
      )}
      <Outcome run={run} />
      {run.state === "done" ? (
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={() => saveRule(run)}>
            Save as mock rule
          </Button>
          <Button size="small" onClick={() => onSave({ ...tool, exampleResult: run.result.output })}>
            Use as example
          </Button>
        </div>
      ) : null}
      {before === null || binding.kind !== "mock" ? null : (
        <UndoRow
          onUndo={() => {
            setBefore(null);
            onSave({ ...tool, binding: before });
          }}
        >
          {before.kind === "mock"
            ? "The mock chooses by arguments now."
            : `A mock answers now, instead of ${BINDING_LABELS[before.kind]}.`}
        </UndoRow>
      )}
    </div>
  );
}

type RunRowProps = {
  binding: ToolBinding;
  run: TryRun;
  calls: number;
  isBroken: boolean;
  onRun: () => void;
  onStop: () => void;
  onReset: () => void;
};

function RunRow({ binding, run, calls, isBroken, onRun, onStop, onReset }: RunRowProps) {
  const isRunning = run.state === "running";
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isRunning ? (
        <Button onClick={onStop}>Stop</Button>
      ) : (
        <Button kind="primary" disabled={isBroken} onClick={onRun}>
          Run the tool
        </Button>
      )}
      {isStateful(binding) && calls > 0 ? (
        <>
          <span className="text-muted text-[13px]">state of {formatPlural(calls, "call")}</span>
          <Button size="small" onClick={onReset}>
            Start with empty state
          </Button>
        </>
      ) : null}
    </div>
  );
}

function Outcome({ run }: { run: TryRun }) {
  if (run.state === "none") return null;
  return (
    <div className="grid gap-2" aria-live="polite">
      {run.log.length === 0 ? null : <CodeText label="Log" text={run.log.join("\n")} maxRows={8} />}
      {run.state === "running" && run.question !== null ? (
        <CallQuestion key={run.question.id} question={run.question} readOnly={false} />
      ) : null}
      {run.state === "running" ? (
        <p className="text-muted text-[13px]">
          {run.question === null ? "Running…" : "Waiting for your answer."}
        </p>
      ) : null}
      {run.state === "failed" ? <p className="text-danger text-[13px]">{showMarks(run.message)}</p> : null}
      {run.state === "done" ? (
        <>
          <p className="text-muted flex flex-wrap gap-x-2 text-[13px]">
            {run.result.isError ? <span className="text-danger font-medium">error</span> : null}
            <span>{originInWords(run.result.origin, ` in ${timeInWords(run.ms)}`)}</span>
            <span>{formatPlural(run.result.output.length, "character")}</span>
          </p>
          <CodeText label="What a model would get" text={run.result.output} />
          {run.result.received === undefined ? null : (
            <ReceivedContent received={run.result.received} output={run.result.output} />
          )}
        </>
      ) : null}
    </div>
  );
}
