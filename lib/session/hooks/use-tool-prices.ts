"use client";

import { useEffect, useMemo, useState } from "react";

import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import type { ToolPrices } from "@/lib/session/servers/tool-price";
import type { ToolDefinition } from "@/lib/tools/tool";

import { useAppState, useSessionApp } from "./session-context";
import { useLaneViews, useTools } from "./use-session";

/** Waits for a person to finish typing a tool: ms without a change. */
const QUIET_MS = 600;

export type LanePrices = ToolPrices & {
  /** Whose prompt it is, as "Lane 1". */
  readonly lane: string;
  /** The tools that are on in it. */
  readonly tools: readonly ToolDefinition[];
};

/**
 * What the tools cost that are on in the first lane on llama.cpp, otherwise in the first of all. null until it is known.
 * Asks again when a tool or a lane changes, and nothing while a lane runs: the server would let it wait.
 */
export function useToolPrices(): LanePrices | null {
  const app = useSessionApp();
  const lanes = useLaneViews();
  const all = useTools();
  const isIdle = useAppState(({ live }) => live.size === 0);
  const index = Math.max(
    0,
    lanes.findIndex(({ setup }) => setup.provider === llamaCpp.id),
  );
  const lane = lanes[index];
  const wanted = useMemo(() => {
    const tools = all.filter(({ id }) => lane?.setup.tools.includes(id) ?? false);
    return lane === undefined ? null : { id: lane.id, setup: lane.setup, tools };
  }, [all, lane]);
  const [prices, setPrices] = useState<LanePrices | null>(null);

  useEffect(() => {
    if (wanted === null) return;
    const ended = new AbortController();
    const price = async () => {
      const found = await app.page.priceTools(wanted.setup, wanted.tools, isIdle, ended.signal);
      if (found !== null) setPrices({ ...found, lane: `Lane ${String(index + 1)}`, tools: wanted.tools });
    };
    const timer = setTimeout(() => void price(), QUIET_MS);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [app, wanted, isIdle, index]);

  return prices;
}
