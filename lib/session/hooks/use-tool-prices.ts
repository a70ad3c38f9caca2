"use client";

import { useEffect, useMemo, useState } from "react";

import { llamaCpp } from "@/lib/providers/presets/llama-cpp";
import type { LaneSetup } from "@/lib/providers/provider";
import { counterOf } from "@/lib/providers/token-counter";
import type { ToolPrices } from "@/lib/session/servers/tool-price";
import { type AppState, serverKey } from "@/lib/session/store/app-state";
import type { ToolDefinition } from "@/lib/tools/tool";

import { useAppState, useSessionApp } from "./session-context";
import { useLaneViews, useTools } from "./use-session";

/** Waits for a person to finish typing a tool: ms without a change. */
const QUIET_MS = 600;

type Wanted = {
  readonly setup: LaneSetup;
  /** The tools that are on in the lane. */
  readonly tools: readonly ToolDefinition[];
};

export type LanePrices = ToolPrices & {
  /** Whose prompt it is, as "Lane 1". */
  readonly lane: string;
  /** The tools that are on in it. */
  readonly tools: readonly ToolDefinition[];
  /** The lane's provider, where it has a counter of its own that can be asked; null where not. */
  readonly counter: string | null;
  /** The counter is asked now. */
  readonly isAsking: boolean;
  readonly askCounter: () => void;
};

/**
 * What the tools cost that are on in the first lane on llama.cpp, otherwise in the first of all. null until it is known.
 * Asks llama.cpp again when a tool or a lane changes, and nothing while a lane runs: the server would let it wait. A
 * provider's counter is asked at a press alone.
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
  const setup = lanes[index]?.setup;
  const wanted = useMemo(
    (): Wanted | null =>
      setup === undefined ? null : { setup, tools: all.filter(({ id }) => setup.tools.includes(id)) },
    [all, setup],
  );
  const counter = useAppState((state) => (setup === undefined ? null : counterAtHand(setup, state)));
  const [prices, setPrices] = useState<(ToolPrices & { readonly of: Wanted }) | null>(null);
  /** What a person wants to be counted: other tools are another question, and a second press asks again. */
  const [pressed, setPressed] = useState<{ readonly of: Wanted } | null>(null);
  const asked = pressed !== null && pressed.of === wanted ? pressed : null;
  const [answered, setAnswered] = useState<typeof pressed>(null);

  useEffect(() => {
    if (wanted === null) return;
    const ended = new AbortController();
    const price = async () => {
      const when = { isIdle, asksCounter: asked !== null };
      const found = await app.page.priceTools(wanted.setup, wanted.tools, when, ended.signal);
      if (found === null) return;
      setPrices({ ...found, of: wanted });
      setAnswered(asked);
    };
    const timer = setTimeout(() => void price(), asked === null ? QUIET_MS : 0);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [app, wanted, isIdle, asked]);

  if (prices === null || wanted === null) return null;
  return {
    ...prices,
    lane: `Lane ${String(index + 1)}`,
    tools: prices.of.tools,
    counter,
    isAsking: asked !== null && answered !== asked,
    askCounter: () => setPressed({ of: wanted }),
  };
}

/** The name of the provider whose counter a key is at hand for. */
function counterAtHand(setup: LaneSetup, { servers, keysHeld }: AppState): string | null {
  const provider = counterOf(setup);
  if (provider === null) return null;
  const report = servers.reply?.providers.find(({ id }) => id === provider.id);
  const hasKey = report?.key === "present" || keysHeld.has(serverKey(provider.id, null));
  return hasKey ? provider.label : null;
}
