import { ArrowRight, KeyRound, Plus, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";

import { checkEndpointUrl } from "./check-endpoint-url";
import type { ModelSource } from "./model-source";
import type { PickerGroup, PickerRow } from "./picker-rows";
import { seenWords } from "./server-words";

/** One option of the model picker. */
export function PickerRowView({ row }: { row: PickerRow }) {
  switch (row.kind) {
    case "model":
      return (
        <Line>
          <span className="min-w-0 flex-1 basis-40 [overflow-wrap:anywhere]">{showMarks(row.model.id)}</span>
          <Remark>{row.model.note}</Remark>
          <Remark>
            {row.model.contextLength === null ? null : `${tokens(row.model.contextLength)} context`}
          </Remark>
        </Line>
      );
    case "typed":
      return (
        <span className="min-w-0 [overflow-wrap:anywhere]">
          Use <strong className="font-medium">{showMarks(row.model)}</strong> on {row.source.label}
          {row.source.state.state === "no-key" ? " (needs a key)" : ""}
        </span>
      );
    case "ask":
      return <Ask source={row.source} />;
    case "key":
      return (
        <>
          <KeyRound size={14} aria-hidden className="text-muted shrink-0" />
          <Line>
            <span className="min-w-0 flex-1 basis-40">{keyWords(row.source)}</span>
            <Remark>{row.source.keyEnv}</Remark>
          </Line>
        </>
      );
    case "unsupported":
      return (
        <span className="min-w-0 flex-1">
          <span className="block">{row.source.label}</span>
          <StateMessage source={row.source} />
        </span>
      );
    case "move-endpoint":
      return (
        <>
          <ArrowRight size={14} aria-hidden className="text-muted shrink-0" />
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            <span className="block">Use {row.to} instead</span>
            <span className="text-muted block text-[13px]">
              {row.source.endpoint} answers 404, and this address answers.
            </span>
          </span>
        </>
      );
    case "add-endpoint":
      return (
        <>
          <Plus size={14} aria-hidden className="text-muted shrink-0" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {`Add ${showMarks(withoutSecrets(row.url))} as a server`}
          </span>
        </>
      );
  }
}

/** A group's name and how its source is doing. */
export function PickerHeading({ group, source }: { group: PickerGroup; source: ModelSource | null }) {
  return (
    <>
      <span className="font-medium">{group.label}</span>
      <span className="min-w-0 flex-1 truncate">{source?.endpoint ?? ""}</span>
      {source === null ? null : <span className="shrink-0">{seenWords(source.state)}</span>}
    </>
  );
}

function Ask({ source }: { source: ModelSource }) {
  return (
    <>
      <RefreshCw size={14} aria-hidden className="text-muted shrink-0" />
      <span className="min-w-0 flex-1">
        <span className="block">{askWords(source)}</span>
        <StateMessage source={source} />
      </span>
    </>
  );
}

/** Text for a source that lists no models now. */
function StateMessage({ source: { state, hint } }: { source: ModelSource }) {
  const isError = state.state === "error";
  const isEmpty = state.state === "ready";
  const message = isEmpty
    ? "It responds, but lists no models. Type a model id."
    : isError || state.state === "unsupported"
      ? state.message
      : state.state === "absent"
        ? hint
        : null;
  if (message === null) return null;
  return (
    <span
      className={cn("block text-[13px] [overflow-wrap:anywhere]", isError ? "text-danger" : "text-muted")}
    >
      {showMarks(message)}
    </span>
  );
}

function keyWords({ label, keyHeld, asks }: ModelSource): string {
  if (asks !== null && !keyHeld) return `${label}: enter the secret part of its address`;
  return keyHeld ? `${label}: change or forget the key` : `${label}: paste a key`;
}

function askWords(source: ModelSource): string {
  switch (source.state.state) {
    case "loading":
      return "Asking for its models …";
    case "not-asked":
      return "Ask for its models";
    case "error":
      return "Try again";
    case "absent":
      return `${source.label}: check again`;
    case "ready":
      return "Ask again";
    case "no-key":
    case "unsupported":
      return source.label;
  }
}

/** An address that was typed, without what will be kept like a key. */
function withoutSecrets(url: string): string {
  const checked = checkEndpointUrl(url);
  return checked.ok ? checked.baseUrl : url;
}

/** Remarks go under a long name where they do not fit beside it. */
function Line({ children }: { children: ReactNode }) {
  return <span className="flex min-w-0 flex-1 flex-wrap gap-x-3">{children}</span>;
}

function Remark({ children }: { children: string | null }) {
  return children === null ? null : (
    <span className="text-muted min-w-0 text-[13px] [overflow-wrap:anywhere]">{children}</span>
  );
}

function tokens(count: number): string {
  return count >= 1000 ? `${Math.round(count / 1024)}k` : String(count);
}
