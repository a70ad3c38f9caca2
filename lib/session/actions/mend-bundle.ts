import * as z from "zod/mini";

import type { Bundle } from "@/lib/session/storage/database";
import { turnRecordSchema } from "@/lib/session/storage/saved-session";
import { count } from "@/lib/session/store/notices";
import type { Lane, TurnId, TurnRecord } from "@/lib/session/store/session";
import { withKnownLeaves } from "@/lib/session/store/turn-tree";
import { DEEPEST_FILE } from "@/lib/stream/turn/bounds";

/** Levels around a turn in a file. */
const LEVELS_AROUND = 2;

/**
 * The bundle without answers that could not be read back from a file, its branches joined around them, and what was
 * left out in a person's words. Pure.
 */
export function mendBundle<R extends { readonly stepId: string }>(
  bundle: Bundle<R>,
): { readonly bundle: Bundle<R>; readonly leftOut: readonly string[] } {
  const all = new Map(bundle.turns.map((turn) => [turn.id, turn]));
  const good = new Map([...all].filter(([, turn]) => isReadable(turn)));
  /** The nearest turn at or above this one that stays. */
  const kept = (id: TurnId | null): TurnId | null => {
    const seen = new Set<TurnId>();
    let at = id;
    while (at !== null && !good.has(at)) {
      if (seen.has(at)) return null;
      seen.add(at);
      at = all.get(at)?.parentId ?? null;
    }
    return at;
  };
  const turns = [...good.values()].map((turn) => withParent(turn, kept(turn.parentId)));
  const lanes = bundle.session.lanes.map((lane) => withLeaf(lane, kept(lane.leaf)));
  const steps = new Set(turns.flatMap(({ turn }) => turn.steps.map((step) => step.id)));
  const bad = all.size - good.size;
  return {
    bundle: {
      ...bundle,
      session: { ...bundle.session, lanes: withKnownLeaves(lanes, good) },
      turns,
      records: bad === 0 ? bundle.records : bundle.records.filter(({ stepId }) => steps.has(stepId)),
    },
    leftOut: bad === 0 ? [] : [`${count(bad, "answer").toLowerCase()} that Vitrine could not read back`],
  };
}

function withParent(turn: TurnRecord, parentId: TurnId | null): TurnRecord {
  return parentId === turn.parentId ? turn : { ...turn, parentId };
}

function withLeaf(lane: Lane, leaf: TurnId | null): Lane {
  return leaf === null || leaf === lane.leaf ? lane : { ...lane, leaf };
}

function isReadable(turn: TurnRecord): boolean {
  return !isDeeper(turn, DEEPEST_FILE - LEVELS_AROUND) && z.safeParse(turnRecordSchema, turn).success;
}

/** Walks without recursion, because depth is the question. */
function isDeeper(root: unknown, most: number): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth > most) return true;
    for (const child of Object.values(value)) open.push({ value: child, depth: depth + 1 });
  }
  return false;
}
