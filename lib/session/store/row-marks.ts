/** What the answers of a row say of each other: which is best in what, and which shared a server. All pure. */
import { cachedTokensOf } from "@/lib/providers/dialect-id";
import { bestOf } from "@/lib/stream/figures/best-of";
import { formatRate, formatSeconds } from "@/lib/stream/figures/format-number";
import { measureTurn } from "@/lib/stream/figures/measure-turn";
import { awaitsResult } from "@/lib/stream/figures/phases";

import type { AppState } from "./app-state";
import type { Lane, Row, TurnId, TurnRecord } from "./session";

/** In what a turn is the best of its row. */
export type BestIn = "rate" | "first-token" | "both";

/**
 * The turns that are the best of their row, among two or more that are over and were asked the same. Values that look
 * the same as written are as good, and a value of another source is not compared.
 */
export function bestOfRows(rows: readonly Row[], live: AppState["live"]): ReadonlyMap<TurnId, BestIn> {
  const marks = new Map<TurnId, BestIn>();
  for (const row of rows) {
    if (row.asked === null || row.turns.size < 2) continue;
    const settled = [...row.turns.values()].filter((record) => isSettled(record, live));
    const numbers = settled.map(({ turn }) => measureTurn(turn, cachedTokensOf));
    const fastest = bestOf(
      numbers.map(({ outputRate }) => outputRate),
      { wins: "highest", write: formatRate },
    );
    const first = bestOf(
      numbers.map(({ firstToken }) => firstToken),
      { wins: "lowest", write: formatSeconds },
    );
    for (const [index, { id }] of settled.entries()) {
      if (index === fastest) marks.set(id, index === first ? "both" : "rate");
      else if (index === first) marks.set(id, "first-token");
    }
  }
  return marks;
}

/** Whether a turn ended well and nothing of it is waited for. */
export function isSettled({ id, turn }: TurnRecord, live: AppState["live"]): boolean {
  const step = turn.steps.at(-1);
  if (live.has(id) || step?.status.state !== "done") return false;
  return !step.parts.some(awaitsResult);
}

/** `words` name all lanes of the row, and one of them `leads`: where the row is seen at once, it alone shows them. */
export type SharedServer = { readonly words: string; readonly leads: boolean };

/** The turns whose server another lane used at the same time, with words for all of their row. */
export function sharedServers(
  rows: readonly Row[],
  lanes: readonly Lane[],
): ReadonlyMap<TurnId, SharedServer> {
  const marks = new Map<TurnId, SharedServer>();
  for (const row of rows) {
    const shared = [...row.turns.values()].filter(({ sharedServer }) => sharedServer);
    const laneNumbers = shared.map(({ laneId }) => lanes.findIndex(({ id }) => id === laneId) + 1);
    const words = sharedWords(laneNumbers.toSorted((a, b) => a - b));
    for (const [index, { id }] of shared.entries()) marks.set(id, { words, leads: index === 0 });
  }
  return marks;
}

function sharedWords(laneNumbers: readonly number[]): string {
  const lanes =
    laneNumbers.length === 1
      ? `lane ${laneNumbers.join("")}`
      : `lanes ${laneNumbers.slice(0, -1).join(", ")} and ${laneNumbers.at(-1) ?? ""}`;
  const whose = laneNumbers.length === 1 ? "Its" : "Their";
  return `While ${lanes} streamed, another lane used the same server. ${whose} timings are affected.`;
}
