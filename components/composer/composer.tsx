"use client";

import { Paperclip, Square, Wrench } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Select } from "@/components/ui/fields/select";
import { showMarks } from "@/lib/markdown/visible-marks";
import { useHasDraft } from "@/lib/session/hooks/use-session";
import type { LaneId, SendTarget } from "@/lib/session/store/session";
import { formatPlural } from "@/lib/stream/figures/format-number";

import { PromptField } from "./prompt-field";
import type { ComposerImages } from "./use-composer-images";

type ComposerProps = {
  /** Lanes in the order of the screen: the first is "Lane 1". */
  lanes: readonly { readonly id: LaneId; readonly model: string }[];
  target: SendTarget;
  /** Names of the tools that are on in any lane. */
  toolsOn: readonly string[];
  images: ComposerImages;
  /** What stands behind the prompt, in its own line. */
  besidePrompt?: ReactNode;
  isLive: boolean;
  /** How many of the lanes it goes to are not answering. */
  idleCount: number;
  readOnly: boolean;
  /** A prompt that nobody typed, if there is one, waits to be run: Run takes the focus if nothing else has it. */
  offersRun: boolean;
  /** False while something else comes first. */
  isRunPrimary: boolean;
  onDraft: (draft: string) => void;
  onTarget: (target: SendTarget) => void;
  onTools: () => void;
  /** Runs what is typed. */
  onRun: () => void;
  onStopAll: () => void;
};

/** One prompt for all lanes or for one. Enter runs, Shift+Enter breaks the line. While lanes answer, Run sends to the others. */
export function Composer(props: ComposerProps) {
  const runButton = useRef<HTMLButtonElement>(null);
  const hasDraft = useHasDraft();
  const offersRun = props.offersRun && hasDraft;
  useEffect(() => {
    if (offersRun && document.activeElement === document.body) runButton.current?.focus();
  }, [offersRun]);
  const canRun = hasDraft && !props.readOnly && !props.images.isBlocked;
  const run = () => {
    if (canRun && props.idleCount > 0) props.onRun();
  };

  return (
    <form
      className={cn(
        "rounded-outer border-line-control bg-surface focus-within:border-accent flex flex-wrap items-end gap-2 border p-2 pointer-coarse:gap-y-0",
        props.images.isDragging && "border-accent border-dashed",
      )}
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      {props.images.view}
      <PromptField
        placeholder={placeholderFor(props)}
        readOnly={props.readOnly}
        onDraft={props.onDraft}
        onEnter={run}
      />
      {props.besidePrompt}
      <div className="ml-auto flex min-w-0 flex-wrap items-center justify-end gap-1.5">
        <AttachButton disabled={props.readOnly} onFiles={props.images.attach} />
        <ToolsButton toolsOn={props.toolsOn} onTools={props.onTools} />
        <div className="text-muted flex min-w-0 items-center gap-1">
          <span aria-hidden className="max-[480px]:hidden">
            to
          </span>
          <Select
            aria-label="Send to"
            value={props.target}
            options={targetsOf(props.lanes)}
            onChange={(target) => props.onTarget(asTarget(target, props.lanes))}
            className="max-w-36"
          />
        </div>
        {props.isLive && hasDraft && props.idleCount > 0 ? (
          <Button type="submit" onKeyDown={ignoreHeldEnter} aria-disabled={!canRun}>
            {`Run in ${formatPlural(props.idleCount, "lane")}`}
          </Button>
        ) : null}
        {props.isLive ? (
          <Button
            kind="primary"
            onClick={(event) => {
              // The same button may be Run before this click is over, and would send what is typed.
              event.preventDefault();
              if (!isSecondClick(event)) props.onStopAll();
            }}
            onKeyDown={ignoreHeldEnter}
            className="min-w-24 justify-center"
          >
            <Square size={13} fill="currentColor" aria-hidden />
            {props.lanes.length > 1 ? "Stop all" : "Stop"}
          </Button>
        ) : (
          <Button
            kind={props.isRunPrimary ? "primary" : "plain"}
            type="submit"
            ref={runButton}
            data-run=""
            onKeyDown={ignoreHeldEnter}
            aria-disabled={!canRun}
            className="min-w-24 justify-center"
          >
            Run
          </Button>
        )}
      </div>
    </form>
  );
}

/** Opens the tools. One that is on alone is named; several are counted, as all are on a phone. */
function ToolsButton({ toolsOn, onTools }: Pick<ComposerProps, "toolsOn" | "onTools">) {
  const only = toolsOn.length === 1 ? showMarks(toolsOn[0] ?? "") : "";
  return (
    <Button
      kind="quiet"
      onClick={onTools}
      aria-label={`Tools, ${toolsOn.length} on${only === "" ? "" : `: ${only}`}`}
    >
      <Wrench size={15} aria-hidden />
      {only === "" ? null : <span className="max-w-32 truncate max-[720px]:hidden">{only}</span>}
      <span className={cn("figures", only !== "" && "min-[720px]:hidden")}>{toolsOn.length}</span>
    </Button>
  );
}

function AttachButton({
  disabled,
  onFiles,
}: {
  disabled: boolean;
  onFiles: (files: readonly File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        kind="quiet"
        disabled={disabled}
        aria-label="Attach images"
        title="Attach images: pick, paste or drop them"
        onClick={() => input.current?.click()}
      >
        <Paperclip size={15} aria-hidden />
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        accept="image/png,image/jpeg,image/webp,image/gif"
        aria-label="Images to attach"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file may be picked again after it was removed.
          event.target.value = "";
          onFiles(files);
        }}
      />
    </>
  );
}

function placeholderFor({ lanes, target, readOnly, images }: ComposerProps): string {
  if (images.isDragging) return "Drop images here";
  if (readOnly) return "This comparison is open in another tab";
  const laneNumber = lanes.findIndex(({ id }) => id === target) + 1;
  if (lanes.length > 1 && laneNumber > 0) return `Message lane ${laneNumber}`;
  return lanes.length > 1 ? "Message all lanes" : "Message the model";
}

// Run and Stop all stand at the same place, so one press too long or one click too many must not undo the first.
function ignoreHeldEnter(event: KeyboardEvent): void {
  if (event.key === "Enter" && event.repeat) event.preventDefault();
}

function isSecondClick(event: MouseEvent): boolean {
  return event.detail > 1;
}

function targetsOf(lanes: ComposerProps["lanes"]) {
  const each = lanes.map(({ id, model }, index) => ({
    value: id,
    label: model === "" ? `lane ${index + 1}` : `lane ${index + 1}: ${showMarks(model)}`,
  }));
  return [{ value: "all", label: "all lanes" }, ...each];
}

function asTarget(value: string, lanes: ComposerProps["lanes"]): SendTarget {
  return lanes.find((lane) => lane.id === value)?.id ?? "all";
}
