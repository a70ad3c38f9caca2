/** What made an answer: kept with each step when it is sent, separate from what its lane is set to now. All pure. */
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";
import { speechOf } from "@/lib/providers/speech-of";
import { toolNames } from "@/lib/run/step-request";
import { effectiveSetup, SETTING_KEYS } from "@/lib/session/store/lanes";
import type { Session, SettingKey, TurnRecord } from "@/lib/session/store/session";
import type { Step } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

export type PastSetup = {
  /** Every setting as it was, as far as it is known. */
  readonly setup: LaneSetup;
  /** The name of the server: a person's own for an endpoint, else the provider's. */
  readonly server: string;
  /** Names of the tools that were on. */
  readonly tools: readonly string[];
  /** The settings that the lane has another value for now: what an answer must say of itself. */
  readonly differing: readonly SettingKey[];
};

/**
 * The setup that made a step of this turn, beside the lane's own of now; `tools` are all at hand. A step that a retry kept was made by an
 * earlier one than its turn's. What an old record does not say is taken from its turn.
 */
export function pastSetup(
  record: TurnRecord,
  { request }: Step,
  session: Pick<Session, "lanes" | "shared"> & { readonly tools: readonly ToolDefinition[] },
): PastSetup {
  const { provider, model, endpoint, setup: kept } = request;
  const { endpointName = null, tools: toolsThen, ...settings } = kept ?? {};
  const setup: LaneSetup = { ...record.setup, ...settings, provider, model, endpoint };
  const tools = toolsThen ?? toolNames(setup, session.tools);
  const now = effectiveSetup(session, record.laneId);
  const dialect = request.dialect === "" ? dialectOf(setup) : request.dialect;
  const sameness: Partial<Record<SettingKey, boolean>> = {
    dialect: dialect === dialectOf(now),
    tools: isSame(tools, toolNames(now, session.tools)),
  };
  return {
    setup,
    tools,
    server: endpointName ?? endpoint ?? findProvider(provider)?.label ?? provider,
    differing: SETTING_KEYS.filter((key) => !(sameness[key] ?? isSame(setup[key], now[key]))),
  };
}

/** The dialect in use: a lane that chose none speaks its provider's first. */
function dialectOf({ provider, dialect }: LaneSetup): string | null {
  const known = findProvider(provider);
  return known === null ? dialect : speechOf(known, dialect).dialect;
}

/** Whether two settings say the same, in whatever order their fields were set. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
