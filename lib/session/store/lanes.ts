/** What happens to a session's lanes and settings, as pure functions: the session that comes in is never changed. */
import type { LaneSetup } from "@/lib/providers/provider";
import { findProvider } from "@/lib/providers/registry";

import type { Lane, LaneId, Session, SettingKey } from "./session";

/** Lanes a session may hold at once. */
export const MAX_LANES = 8;

/** Every setting, in the order in which a lane shows them. */
export const SETTING_KEYS: readonly SettingKey[] = [
  "provider",
  "endpoint",
  "dialect",
  "model",
  "system",
  "effort",
  "thinkingTokens",
  "maxTokens",
  "samplers",
  "tools",
  "toolChoice",
  "parallelToolCalls",
  "thinkTags",
  "webSearch",
  "responseSchema",
  "limits",
  "bindings",
  "answeredBy",
];

/** The server and the model are one choice to a person, so they are linked and unlinked together. */
export const MODEL_CHOICE: readonly SettingKey[] = ["provider", "endpoint", "dialect", "model"];

/** A lane that was closed, where it stood, and the model it showed then. */
export type ClosedLane = { readonly lane: Lane; readonly index: number; readonly model: string };

/** The lane of that id, or null. */
export function laneOf(session: Pick<Session, "lanes">, id: LaneId): Lane | null {
  return session.lanes.find((lane) => lane.id === id) ?? null;
}

/** A lane's settings with those it shares filled in; an unknown lane has the shared ones. */
export function effectiveSetup(session: Pick<Session, "lanes" | "shared">, id: LaneId): LaneSetup {
  return { ...session.shared, ...laneOf(session, id)?.own };
}

/**
 * Sets fields for one lane: a linked field changes all lanes that share it, an unlinked one this lane only.
 * A dialect that the lane's new provider does not speak is left behind.
 */
export function changeSetup(session: Session, id: LaneId, patch: Partial<LaneSetup>): Session {
  const lane = laneOf(session, id);
  if (!lane) return session;
  const fitting = { ...patch, ...withoutUnspoken({ ...effectiveSetup(session, id), ...patch }) };
  const [own, shared] = splitPatch(fitting, (key) => key in lane.own);
  return {
    ...session,
    shared: { ...session.shared, ...shared },
    lanes: replaceLane(session.lanes, { ...lane, own: { ...lane.own, ...own } }),
  };
}

/** Whether this lane shares the setting with the others. */
export function isLinked(session: Session, id: LaneId, key: SettingKey): boolean {
  const lane = laneOf(session, id);
  return lane === null || !(key in lane.own);
}

/** How many lanes a change of this setting in one lane reaches: itself, and those that share it. */
export function lanesReached(session: Pick<Session, "lanes">, id: LaneId, key: SettingKey): number {
  const lane = laneOf(session, id);
  if (lane === null || key in lane.own) return 1;
  return session.lanes.filter(({ own }) => !(key in own)).length;
}

/**
 * Breaks a setting's link for one lane, which keeps its value, or restores it: the lane then has what the lanes that
 * share it show, and where there are none its own value is for all. Provider, endpoint and model go together.
 */
export function setLinked(session: Session, id: LaneId, key: SettingKey, linked: boolean): Session {
  const lane = laneOf(session, id);
  if (!lane) return session;
  const keys = keysWith(key);
  if (linked && !session.lanes.some((other) => other.id !== id && isLinked(session, other.id, key))) {
    return linkTo(session, id, key, id);
  }
  const setup = effectiveSetup(session, id);
  const [, others] = splitPatch(lane.own, (own) => keys.includes(own));
  const [kept] = splitPatch(setup, (own) => keys.includes(own));
  const own = linked ? others : { ...others, ...kept };
  return { ...session, lanes: replaceLane(session.lanes, { ...lane, own }) };
}

/**
 * Gives a lane the value that the lane `source` shows, and its link where there is one to share; `source` itself gives
 * its value to all. A value that no lane shows never comes back.
 */
export function linkTo(session: Session, id: LaneId, key: SettingKey, source: LaneId): Session {
  const keys = keysWith(key);
  const value = splitPatch(effectiveSetup(session, source), (own) => keys.includes(own))[0];
  const isShared = isLinked(session, source, key);
  const others = session.lanes.filter((lane) => lane.id !== id && lane.id !== source);
  const sharers = others.filter((lane) => isLinked(session, lane.id, key));
  // Lanes that share another value keep it, so this one gets a copy of its own.
  const isCopy = source !== id && !isShared && sharers.length > 0;
  const takes = (lane: Lane) => source === id || lane.id === id || lane.id === source;
  return {
    ...session,
    shared: isCopy || (source !== id && isShared) ? session.shared : { ...session.shared, ...value },
    lanes: session.lanes.map((lane) => {
      if (isCopy) return lane.id === id ? { ...lane, own: { ...lane.own, ...value } } : lane;
      return takes(lane) ? { ...lane, own: splitPatch(lane.own, (own) => keys.includes(own))[1] } : lane;
    }),
  };
}

/** Adds a lane with the shared settings at the end. At `MAX_LANES` nothing changes. */
export function addLane(session: Session, id: LaneId): Session {
  if (session.lanes.length >= MAX_LANES) return session;
  return { ...session, lanes: [...session.lanes, { id, own: {}, leaf: null, width: 1 }] };
}

/** Adds `copy` right of the lane of that id. At `MAX_LANES` nothing changes. */
export function insertLaneAfter(session: Session, id: LaneId, copy: Lane): Session {
  const index = session.lanes.findIndex((lane) => lane.id === id);
  if (index < 0 || session.lanes.length >= MAX_LANES) return session;
  return { ...session, lanes: session.lanes.toSpliced(index + 1, 0, copy) };
}

/** Removes a lane, but never the last one. `closed` is null if nothing was closed. */
export function closeLane(session: Session, id: LaneId): { session: Session; closed: ClosedLane | null } {
  const index = session.lanes.findIndex((lane) => lane.id === id);
  const lane = session.lanes[index];
  if (!lane || session.lanes.length === 1) return { session, closed: null };
  const { model } = effectiveSetup(session, id);
  return {
    session: { ...session, lanes: session.lanes.toSpliced(index, 1) },
    closed: { lane, index, model },
  };
}

/** Puts a closed lane back where it stood. At `MAX_LANES` nothing changes. */
export function restoreLane(session: Session, { lane, index }: ClosedLane): Session {
  if (session.lanes.length >= MAX_LANES || laneOf(session, lane.id)) return session;
  return { ...session, lanes: session.lanes.toSpliced(index, 0, lane) };
}

/** Moves a lane by `by` lanes to the right, or left where `by` is below 0; past the edge nothing changes. */
export function moveLane(session: Session, id: LaneId, by: number): Session {
  const from = session.lanes.findIndex((lane) => lane.id === id);
  const lane = session.lanes[from];
  const to = from + by;
  if (!lane || by === 0 || session.lanes[to] === undefined) return session;
  return { ...session, lanes: session.lanes.toSpliced(from, 1).toSpliced(to, 0, lane) };
}

/** Sets the lanes' shares of the width, in their order. Widths that are not positive numbers are left out. */
export function setWidths(session: Session, widths: readonly number[]): Session {
  const lanes = session.lanes.map((lane, index) => {
    const width = widths[index];
    return width !== undefined && Number.isFinite(width) && width > 0 ? { ...lane, width } : lane;
  });
  return { ...session, lanes };
}

/** The lanes' shares of the width once the border right of the lane at `left` has moved by a share of both lanes' width. */
export function movedBorder(lanes: readonly Lane[], left: number, by: number): readonly number[] {
  const widths = lanes.map((lane) => lane.width);
  const [leftWidth = 1, rightWidth = 1] = widths.slice(left, left + 2);
  const pair = leftWidth + rightWidth;
  const share = Math.min(0.9, Math.max(0.1, leftWidth / pair + by));
  return widths.with(left, pair * share).with(left + 1, pair * (1 - share));
}

/** The settings whose values are not the same in all lanes, in the order of `LaneSetup`. */
export function differingSettings(session: Session): readonly SettingKey[] {
  const setups = session.lanes.map((lane) => effectiveSetup(session, lane.id));
  return SETTING_KEYS.filter((key) => {
    const values = setups.map((setup) => JSON.stringify(setup[key]));
    return values.some((value) => value !== values[0]);
  });
}

function keysWith(key: SettingKey): readonly string[] {
  return MODEL_CHOICE.includes(key) ? MODEL_CHOICE : [key];
}

function withoutUnspoken({ provider, dialect }: LaneSetup): Pick<Partial<LaneSetup>, "dialect"> {
  const speaks = findProvider(provider)?.speaks;
  const isSpoken = speaks?.some((speech) => speech.dialect === dialect) ?? true;
  return dialect === null || isSpoken ? {} : { dialect: null };
}

function replaceLane(lanes: readonly Lane[], lane: Lane): readonly Lane[] {
  return lanes.map((other) => (other.id === lane.id ? lane : other));
}

/** The fields that pass the test, and the fields that do not. */
function splitPatch(
  patch: Partial<LaneSetup>,
  test: (key: string) => boolean,
): [Partial<LaneSetup>, Partial<LaneSetup>] {
  const passing: Partial<LaneSetup> = {};
  const failing: Partial<LaneSetup> = {};
  for (const [key, value] of Object.entries(patch)) {
    Object.assign(test(key) ? passing : failing, { [key]: value });
  }
  return [passing, failing];
}
