import { jsonProblems } from "@/components/json-editor/json-problems";
import type { Json } from "@/lib/stream/turn/json";
import { looseTool, readTool } from "@/lib/tools/formats/read-tool";
import type { ToolDefinition } from "@/lib/tools/tool";

/** What is typed for a tool, valid or not, in one of its two views. */
export type ToolDraft =
  | { readonly view: "json"; readonly text: string }
  | {
      readonly view: "form";
      readonly name: string;
      readonly description: string;
      readonly strict: boolean | null;
      /** JSON text of the schema, which may be broken while it is typed. */
      readonly parameters: string;
    };

export type DraftOutcome =
  | { readonly ok: true; readonly tool: ToolDefinition }
  /** `at` is the part of the form that the first problem belongs to. */
  | { readonly ok: false; readonly message: string; readonly at: "name" | "description" | "parameters" };

/** The form of a saved tool. */
export function formDraft({ name, description, strict, parameters }: ToolDefinition): ToolDraft {
  return { view: "form", name, description, strict, parameters: JSON.stringify(parameters, null, 2) };
}

/** The tool a draft means, or the first thing that keeps it from being saved. Pure. */
export function readDraft(
  draft: ToolDraft,
  saved: ToolDefinition,
  others: readonly ToolDefinition[],
): DraftOutcome {
  const text = draft.view === "json" ? draft.text : draft.parameters;
  const broken = jsonProblems(text, () => []).find(({ level }) => level === "error");
  if (broken !== undefined)
    return { ok: false, message: `${broken.message} (line ${line(text, broken.from)})`, at: "parameters" };
  const read = readTool(draftValue(draft), saved, others);
  if (read.ok) return { ok: true, tool: read.tool };
  const [first] = read.problems;
  const pointer = first?.pointer ?? "";
  return { ok: false, message: first?.message ?? "", at: partOf(pointer) };
}

/** The tool a draft means although it may not be saved yet; null where its JSON is too broken to take apart. Pure. */
export function meantTool(draft: ToolDraft, saved: ToolDefinition): ToolDefinition | null {
  const text = draft.view === "json" ? draft.text : draft.parameters;
  if (jsonProblems(text, () => []).some(({ level }) => level === "error")) return null;
  return looseTool(draftValue(draft), saved);
}

/** The same draft in the JSON view. A broken schema stays as it was typed. Pure. */
export function toJsonView(draft: ToolDraft): ToolDraft & { readonly view: "json" } {
  if (draft.view === "json") return draft;
  const { name, description, parameters, strict } = draft;
  const lines = [`"name": ${JSON.stringify(name)}`, `"description": ${JSON.stringify(description)}`];
  lines.push(`"parameters": ${parameters.replaceAll("\n", "\n  ")}`);
  if (strict !== null) lines.push(`"strict": ${String(strict)}`);
  return { view: "json", text: `{\n  ${lines.join(",\n  ")}\n}` };
}

/** The same draft as a form, or null where its JSON is too broken to take apart. Pure. */
export function toFormView(draft: ToolDraft, saved: ToolDefinition): ToolDraft | null {
  if (draft.view === "form") return draft;
  const meant = meantTool(draft, saved);
  return meant === null ? null : formDraft(meant);
}

function draftValue(draft: ToolDraft): Json {
  if (draft.view === "json") return parse(draft.text);
  const { name, description, strict, parameters } = draft;
  return { name, description, strict, parameters: parse(parameters) };
}

/** Called on texts that were found to be JSON. */
function parse(text: string): Json {
  return JSON.parse(text);
}

function partOf(pointer: string): "name" | "description" | "parameters" {
  const part = pointer.replace(/^\/function/u, "");
  if (part === "/name") return "name";
  return part === "/description" ? "description" : "parameters";
}

function line(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
