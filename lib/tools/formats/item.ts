import type { Json } from "@/lib/stream/turn/json";
import type { ToolDefinition } from "@/lib/tools/tool";

import type { ToolFormat } from "./format";

/** What may be a tool, as `readTool` reads it, and what its format says beside that. */
export type Item = {
  readonly format: ToolFormat | null;
  /** The fields that every tool has, in the shape and at the place they came in. */
  readonly value: Json;
  /** What else becomes a part of the tool. */
  readonly extra: Partial<Pick<ToolDefinition, "binding" | "exampleResult" | "sharing">>;
  readonly notes: readonly string[];
};

/** An item that was read, or why it was not. */
export type Taken =
  | {
      readonly item: Item;
      readonly pointer: string;
      /** A name that Vitrine made up is numbered where it is taken; one that was given is not. */
      readonly isNamedHere: boolean;
    }
  | { readonly why: string; readonly name: string | null };

/** What the reader of one format gives: its items in order, and what it has to say about the whole. */
export type TakenItems = {
  readonly format: ToolFormat | null;
  readonly items: readonly Taken[];
  readonly notes: readonly string[];
};
