/** What a person exports to read, to train on or to trace: folded turns, in rows of lanes. */
import type { LaneSetup } from "@/lib/providers/provider";
import type { Turn } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

/** A turn is a comparison of one lane and one row, a lane one of many rows. */
export type Comparison = {
  /** What a person calls it. */
  readonly name: string;
  readonly lanes: readonly { readonly label: string }[];
  /** From the first prompt to the last; each has a place for each lane, null where the lane was not asked. */
  readonly rows: readonly (readonly (ComparedTurn | null)[])[];
  readonly tools: readonly ComparedTool[];
};

export type ComparedTool = Pick<ToolDefinition, "id" | "name" | "description" | "parameters" | "strict">;

export type ComparedTurn = {
  readonly id: string;
  readonly prompt: string;
  readonly images: readonly ComparedImage[];
  /** epoch ms; the zero of all times in `turn`. */
  readonly createdAt: number;
  readonly setup: LaneSetup;
  /** What was changed in or left out of its requests. */
  readonly notes: readonly string[];
  /** Another lane streamed from the same server at the same time. */
  readonly sharedServer: boolean;
  readonly turn: Turn;
};

/** An image of a prompt; null = its bytes are not at hand. */
export type ComparedImage = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array | null;
};

/** The turns of one lane, oldest first. */
export function turnsOf({ rows }: Comparison, lane: number): readonly ComparedTurn[] {
  return rows.flatMap((row) => row[lane] ?? []);
}

/** The tools that were on when a turn was sent, in their order. */
export function toolsOf(
  { setup }: ComparedTurn,
  { tools }: Pick<Comparison, "tools">,
): readonly ComparedTool[] {
  return setup.tools.flatMap((id) => tools.find((tool) => tool.id === id) ?? []);
}

/** The model that made a turn's answer, or would have. */
export function modelOf({ turn, setup }: ComparedTurn): string {
  const asked = turn.steps.at(-1)?.request.model ?? setup.model;
  return asked === "" ? "no model" : asked;
}
