import type { StripScale } from "@/components/answer/timings/strip-scale";
import type { ToolDefinition } from "@/lib/providers/provider";
import type { ToolResult } from "@/lib/stream/turn/event";
import type { Turn } from "@/lib/stream/turn/turn";

/** Gives a call its result. */
export type SubmitResult = (
  stepId: string,
  partId: string,
  output: string,
  isError: boolean,
  origin: ToolResult["origin"],
) => void;

/** Whether the calls of a step take results: "passed-over" once the lane has gone on without them. */
export type Answering = "open" | "passed-over" | "closed";

/** What one answer needs to be drawn, and what can be done with it. */
export type TurnViewProps = {
  readonly turn: Turn;
  /** The turn is streaming. */
  readonly live: boolean;
  /** ms on the turn's axis; read only while live. */
  readonly now: number;
  /** ms that a full phase strip stands for, one for all lanes of the row: see `stripScale`. */
  readonly scaleMs: StripScale;
  readonly tools: readonly ToolDefinition[];
  /** Another lane streamed from the same server at the same time. */
  readonly sharedServer: boolean;
  /** What was changed or left out of the request, in a person's words. */
  readonly notes: readonly string[];
  /** Another tab owns the session: nothing here can be changed. */
  readonly readOnly?: boolean;
  /** The lane has gone on: calls without a result were passed over. */
  readonly hasGoneOn: boolean;
  readonly onSubmitResult: SubmitResult;
  /** The lane has gone on after this turn, and may be answered on a new branch. */
  readonly onBranch?: (() => void) | undefined;
  readonly onRetry: () => void;
  /** Makes a thought of the text before a lone closing think tag, in this part of this step. */
  readonly onReadThought?: ((stepId: string, partId: string) => void) | undefined;
  /** Asks the server to end the thinking phase; absent where the server cannot. */
  readonly onEndThinking?: () => void;
  readonly onShowWire: (stepId: string) => void;
};
