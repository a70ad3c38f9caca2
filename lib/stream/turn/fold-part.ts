import type { StreamEvent } from "./event";
import { parseArguments } from "./parse-arguments";
import type { ParsedArguments, Part, ReasoningPart, Step, StepStatus, TextPart, ToolCallPart } from "./turn";

/** Events that name a part of the running step. */
export type PartEvent = Extract<StreamEvent, { readonly id: string; readonly type: PartEventType }>;

type PartEventType =
  | `${"reasoning" | "text" | "tool-input" | "provider-call"}-${"start" | "delta" | "end"}`
  | "unknown-part"
  | "image"
  | "citation"
  | "replay"
  | "text-to-reasoning";

type StartEvent = Extract<PartEvent, { type: `${string}-start` }>;
export type DeltaEvent = Extract<PartEvent, { type: `${string}-delta` }>;
type WholeEvent = Extract<PartEvent, { type: "unknown-part" | "image" }>;
type EndEvent = Extract<PartEvent, { type: `${string}-end` }>;

const PART_EVENTS: { readonly [type in PartEventType]: true } = {
  "reasoning-start": true,
  "reasoning-delta": true,
  "reasoning-end": true,
  "text-start": true,
  "text-delta": true,
  "text-end": true,
  "tool-input-start": true,
  "tool-input-delta": true,
  "tool-input-end": true,
  "provider-call-start": true,
  "provider-call-delta": true,
  "provider-call-end": true,
  "unknown-part": true,
  image: true,
  citation: true,
  replay: true,
  "text-to-reasoning": true,
};

export function isPartEvent(event: StreamEvent): event is PartEvent {
  return Object.hasOwn(PART_EVENTS, event.type);
}

/** One part event folded into its step. An event whose part is unknown, or of another kind, changes nothing. */
export function foldPart(step: Step, event: PartEvent, at: number): Step {
  switch (event.type) {
    case "reasoning-start":
    case "text-start":
    case "tool-input-start":
    case "provider-call-start":
      return startPart(step, event, at);
    case "reasoning-delta":
    case "text-delta":
    case "tool-input-delta":
    case "provider-call-delta":
      return growPart(step, event, at);
    case "reasoning-end":
    case "text-end":
    case "tool-input-end":
      return changePart(step, event.id, (part) =>
        part.type === KINDS[event.type] ? finishPart(closeTags(part, event), at) : part,
      );
    case "provider-call-end":
      return changePart(step, event.id, (part) =>
        part.type === "provider-call"
          ? { ...part, endedAt: at, status: { state: "done", outcome: event.outcome } }
          : part,
      );
    case "unknown-part":
    case "image":
      return putPart(step, event, at);
    case "citation":
      return changePart(step, event.id, (part) =>
        part.type === "text" ? { ...part, citations: [...part.citations, event.citation] } : part,
      );
    case "replay":
      return changePart(step, event.id, (part) => ({ ...part, replay: [...part.replay, event.item] }));
    case "text-to-reasoning":
      return changePart(step, event.id, (part) =>
        part.type === "text" ? toReasoning(part, event.close) : part,
      );
  }
}

/** A part whose step is over: text is closed, a call still arriving can never be run. */
export function endPart(part: Part, at: number): Part {
  if (part.type === "tool-call" && part.status.state === "input-streaming")
    return { ...part, status: { state: "unfinished" }, endedAt: at };
  if (part.type === "provider-call" && part.status.state === "running")
    return { ...part, status: { state: "unfinished" }, endedAt: at };
  return part.endedAt === null ? { ...part, endedAt: at } : part;
}

/** A part that comes whole. The same id again replaces what it holds. */
function putPart(step: Step, event: WholeEvent, at: number): Step {
  const isKnown = step.parts.some((part) => part.id === event.id);
  if (isKnown) return changePart(step, event.id, (part) => replaceWhole(part, event, at));
  const common = { id: event.id, startedAt: at, endedAt: at, deltas: 0, replay: [] };
  const part: Part =
    event.type === "image"
      ? { type: "image", ...common, image: event.image }
      : { type: "unknown", ...common, name: event.name, json: event.json };
  return {
    ...step,
    parts: [...endThoughts(step.parts, at), part],
    status: STATUSES[part.type],
    firstTokenAt: step.firstTokenAt ?? at,
    lastTokenAt: at,
  };
}

function replaceWhole(part: Part, event: WholeEvent, at: number): Part {
  if (event.type === "image" && part.type === "image") return { ...part, image: event.image, endedAt: at };
  if (event.type === "unknown-part" && part.type === "unknown")
    return { ...part, name: event.name, json: event.json, endedAt: at };
  return part;
}

function startPart(step: Step, event: StartEvent, at: number): Step {
  if (step.parts.some((part) => part.id === event.id)) return step;
  const parts = [...endThoughts(step.parts, at), newPart(event, at)];
  if (event.type !== "tool-input-start") return { ...step, parts, status: STATUSES[KINDS[event.type]] };
  const { finish } = step;
  return {
    ...step,
    parts,
    status: STATUSES["tool-call"],
    // A name counts as a token: a call without arguments has no other.
    firstTokenAt: step.firstTokenAt ?? at,
    lastTokenAt: at,
    finish: finish?.unified === "stop" ? { ...finish, unified: "tool-calls" } : finish,
  };
}

/** A thought is over when something else begins. */
function endThoughts(parts: readonly Part[], at: number): readonly Part[] {
  return parts.some(isOpenThought)
    ? parts.map((part) => (isOpenThought(part) ? endPart(part, at) : part))
    : parts;
}

function isOpenThought(part: Part): boolean {
  return part.type === "reasoning" && part.endedAt === null;
}

function newPart(event: StartEvent, at: number): Part {
  const common = { id: event.id, startedAt: at, endedAt: null, deltas: 0, replay: [] };
  if (event.type === "reasoning-start")
    return { type: "reasoning", ...common, text: "", tags: event.tags ?? null };
  if (event.type === "text-start")
    return { type: "text", ...common, text: "", phase: event.phase ?? null, citations: [] };
  const { callId, name } = event;
  if (event.type === "provider-call-start")
    return { type: "provider-call", ...common, callId, name, input: "", status: { state: "running" } };
  const { form = "json" } = event;
  return {
    type: "tool-call",
    ...common,
    callId,
    name,
    input: "",
    form,
    status: { state: "input-streaming" },
  };
}

/** A delta that arrived in this many `pieces`, the last of them at `at`. */
export function growPart(step: Step, event: DeltaEvent, at: number, pieces = 1): Step {
  if (event.text === "") return step;
  const index = step.parts.findLastIndex((part) => part.id === event.id);
  const part = step.parts[index];
  if (part === undefined || part.type !== KINDS[event.type]) return step;
  return {
    ...step,
    parts: step.parts.with(index, grow(part, event.text, pieces)),
    status: STATUSES[part.type],
    firstTokenAt: step.firstTokenAt ?? at,
    lastTokenAt: at,
  };
}

/** More text opens an ended part again: some servers interleave, and no text may be lost. */
function grow(part: Part, text: string, pieces: number): Part {
  const deltas = part.deltas + pieces;
  if (part.type === "provider-call") return { ...part, input: part.input + text, deltas };
  if (part.type === "reasoning" || part.type === "text")
    return { ...part, text: part.text + text, deltas, endedAt: null };
  if (part.type !== "tool-call") return part;
  const status: ToolCallPart["status"] = { state: "input-streaming" };
  return { ...part, input: part.input + text, deltas, endedAt: null, status };
}

function finishPart(part: Part, at: number): Part {
  if (part.endedAt !== null) return part;
  if (part.type !== "tool-call") return { ...part, endedAt: at };
  return { ...part, endedAt: at, status: { state: "awaiting-result", args: readInput(part) } };
}

function readInput({ form, input }: ToolCallPart): ParsedArguments {
  return form === "text" ? { valid: true, value: input } : parseArguments(input);
}

/** A text part has fields that a reasoning part has not, which must not be carried over. */
function toReasoning(
  { citations: _none, phase: _phase, ...part }: TextPart,
  close: string | undefined,
): ReasoningPart {
  return { ...part, type: "reasoning", tags: close === undefined ? null : { open: "", close } };
}

function closeTags(part: Part, event: EndEvent): Part {
  if (part.type !== "reasoning" || part.tags === null || event.type !== "reasoning-end") return part;
  return event.close === undefined ? part : { ...part, tags: { ...part.tags, close: event.close } };
}

function changePart(step: Step, id: string, change: (part: Part) => Part): Step {
  const index = step.parts.findLastIndex((part) => part.id === id);
  const part = step.parts[index];
  if (part === undefined) return step;
  const changed = change(part);
  return changed === part ? step : { ...step, parts: step.parts.with(index, changed) };
}

const KINDS: { readonly [type in StartEvent["type"] | DeltaEvent["type"] | EndEvent["type"]]: Part["type"] } =
  {
    "reasoning-start": "reasoning",
    "reasoning-delta": "reasoning",
    "reasoning-end": "reasoning",
    "text-start": "text",
    "text-delta": "text",
    "text-end": "text",
    "tool-input-start": "tool-call",
    "tool-input-delta": "tool-call",
    "tool-input-end": "tool-call",
    "provider-call-start": "provider-call",
    "provider-call-delta": "provider-call",
    "provider-call-end": "provider-call",
  };

const STATUSES: { readonly [type in Part["type"]]: StepStatus } = {
  reasoning: { state: "thinking" },
  text: { state: "answering" },
  "tool-call": { state: "calling" },
  "provider-call": { state: "calling" },
  image: { state: "answering" },
  unknown: { state: "answering" },
};
