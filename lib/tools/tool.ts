/** What a tool is: its definition as a model reads it, and what answers when the model calls it. */
import type { JsonObject } from "@/lib/stream/turn/json";

/** A function tool as a person edits it. */
export type ToolDefinition = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** JSON Schema for the arguments. */
  readonly parameters: JsonObject;
  readonly strict: boolean | null;
  /** Filled into the result field at a click; null = none. */
  readonly exampleResult: string | null;
  readonly binding: ToolBinding;
};

/** What answers a call. */
export type ToolBinding =
  /** A person types the result. */
  | { readonly kind: "ask" }
  /** The runner of this name in `runners/registry.ts` works in the page when a person presses Run. */
  | { readonly kind: "page"; readonly name: string };

export type ToolChoice =
  | { readonly kind: "auto" }
  | { readonly kind: "none" }
  | { readonly kind: "required" }
  /** `enforce: true` sends only this tool with "required": for servers that ignore a named choice. */
  | { readonly kind: "named"; readonly name: string; readonly enforce: boolean };
