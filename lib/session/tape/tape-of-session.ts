/** From what is saved of a session to a tape. Pure. */
import type { LaneSetup } from "@/lib/providers/provider";
import type { AttemptRecord } from "@/lib/run/record";
import type { Bundle } from "@/lib/session/storage/database";
import { effectiveSetup } from "@/lib/session/store/lanes";
import type { Lane, Session, TurnId, TurnRecord } from "@/lib/session/store/session";
import type { Tape, TapeTool, TapeTurn } from "@/lib/tape/tape";
import type { ToolDefinition } from "@/lib/tools/tool";

/**
 * The turns of a session that pass the test, with their lanes, as a tape: all of them, those of a lane, or one. What
 * answers the calls of tools is left out. A lane without a turn on the tape is on it only where no lane has one.
 */
export function tapeOfSession(
  { session, turns, records, images }: Bundle<AttemptRecord>,
  isWanted: (turn: TurnRecord) => boolean = () => true,
): Tape {
  const wanted = turns.filter(isWanted).toSorted((one, other) => one.createdAt - other.createdAt);
  const used = new Set(wanted.map(({ laneId }) => laneId));
  const lanes = used.size === 0 ? session.lanes : session.lanes.filter(({ id }) => used.has(id));
  const startedAt = wanted[0]?.createdAt ?? session.createdAt;
  const byStep = new Map<string, AttemptRecord[]>();
  for (const record of records) byStep.set(record.stepId, [...(byStep.get(record.stepId) ?? []), record]);
  const kept = new Set(wanted.map(({ id }) => id));
  const places = new Map(lanes.map(({ id }, index) => [id, index]));
  const named = new Set<string>(wanted.flatMap((turn) => turn.images.map(({ id }) => id)));
  return {
    startedAt,
    name: session.name,
    source: "",
    lanes: lanes.map((lane) => tapeLane(session, lane, kept)),
    tools: session.tools.map(tapeTool),
    turns: wanted.flatMap((turn) => {
      const lane = places.get(turn.laneId);
      return lane === undefined ? [] : [tapeTurn(turn, { lane, startedAt, kept, byStep })];
    }),
    images: images.filter(({ id }) => named.has(id)),
    markers: [],
  };
}

function tapeLane(session: Session, lane: Lane, kept: ReadonlySet<TurnId>): Tape["lanes"][number] {
  const setup = effectiveSetup(session, lane.id);
  const server = session.endpoints.find(({ baseUrl }) => baseUrl === setup.endpoint)?.name ?? setup.provider;
  const leaf = lane.leaf !== null && kept.has(lane.leaf) ? lane.leaf : null;
  return { label: `${server}/${setup.model}`, setup: withoutBindings(setup), leaf };
}

type Around = {
  readonly lane: number;
  readonly startedAt: number;
  readonly kept: ReadonlySet<TurnId>;
  readonly byStep: ReadonlyMap<string, readonly AttemptRecord[]>;
};

function tapeTurn(record: TurnRecord, { lane, startedAt, kept, byStep }: Around): TapeTurn {
  const { id, parentId, promptId, prompt, images, setup, notes, sharedServer, events, turn } = record;
  return {
    id,
    lane,
    parentId: parentId !== null && kept.has(parentId) ? parentId : null,
    promptId,
    prompt,
    images,
    setup: withoutBindings(setup),
    notes,
    sharedServer,
    startUs: Math.round((record.createdAt - startedAt) * 1000),
    events,
    records: turn.steps.flatMap((step) => byStep.get(step.id) ?? []),
  };
}

function withoutBindings(setup: LaneSetup): LaneSetup {
  return { ...setup, bindings: {} };
}

function tapeTool({ id, name, description, parameters, strict, exampleResult }: ToolDefinition): TapeTool {
  return { id, name, description, parameters, strict, exampleResult };
}
