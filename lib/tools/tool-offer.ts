/** Whether a lane offered a tool to its model. Pure. */
import type { ToolChoice, ToolDefinition } from "./tool";

/** What a lane says of its tools: those that are on, by id, and how the model may use them. */
export type ToolSwitches = { readonly tools: readonly string[]; readonly toolChoice: ToolChoice };

/** "told-none": the model was told to call no tool. "turned-off": offered, and off in the lane since. */
export type ToolOffer = "offered" | "not-offered" | "told-none" | "turned-off";

/** The switches as the turn's requests had them, and as they are in its lane now. */
export type OfferedTools = { readonly sent: ToolSwitches; readonly now: Pick<ToolSwitches, "tools"> };

/**
 * How a tool was offered by the requests that were sent, and whether it still is. Only what is "offered" may run
 * without a press: a model can call any name that it has read of.
 */
export function toolOffer({ id }: Pick<ToolDefinition, "id">, { sent, now }: OfferedTools): ToolOffer {
  if (!sent.tools.includes(id)) return "not-offered";
  if (sent.toolChoice.kind === "none") return "told-none";
  return now.tools.includes(id) ? "offered" : "turned-off";
}
