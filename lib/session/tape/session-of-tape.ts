/** From a tape to a session that can be shown and saved. Pure. */
import type { LaneSetup } from "@/lib/providers/provider";
import type { AttemptRecord } from "@/lib/run/record";
import { replayTurn } from "@/lib/run/replay";
import { withNewIds } from "@/lib/session/actions/with-new-ids";
import { interruptRecord } from "@/lib/session/run/interrupt-turn";
import type { Bundle } from "@/lib/session/storage/database";
import { imageId, type NewIds, promptId, turnId } from "@/lib/session/store/ids";
import { SETTING_KEYS } from "@/lib/session/store/lanes";
import type { Endpoint, Lane, LaneId, Session, SessionId, TurnRecord } from "@/lib/session/store/session";
import type { TimedEvent } from "@/lib/stream/turn/event";
import type { Tape, TapeTurn } from "@/lib/tape/tape";
import { NEW_TOOL_CHOICES, type ToolDefinition } from "@/lib/tools/tool";

/**
 * The session that a tape shows, all ids new. Its turns are replayed from their events and bytes; one that was cut says
 * so. The tools have no answers of their own: a person types them. Images are taken as they are: check them first.
 */
export function sessionOfTape(tape: Tape, ids: NewIds, now: number): Bundle<AttemptRecord> {
  const session = { id: ids.session(), lanes: tape.lanes.map(() => ids.lane()) };
  const turns = tape.turns.map((turn) => turnRecord(turn, tape, session));
  const records = tape.turns.flatMap((turn) =>
    turn.records.map((record): AttemptRecord => ({ ...record, stepId: stepIn(turn, record.stepId) })),
  );
  const images = tape.images.map(({ id, bytes }) => ({ id: imageId(id), bytes }));
  return withNewIds({ session: sessionRecord(tape, session, now), turns, records, images }, ids, now);
}

type NewSession = { readonly id: SessionId; readonly lanes: readonly LaneId[] };

function sessionRecord(tape: Tape, { id, lanes }: NewSession, now: number): Session {
  const [first] = tape.lanes;
  if (first === undefined) throw new Error("A tape has at least one lane");
  return {
    id,
    name: tape.name,
    createdAt: tape.startedAt,
    updatedAt: now,
    lanes: tape.lanes.flatMap(({ setup, leaf }, index): readonly Lane[] => {
      const lane = lanes[index];
      if (lane === undefined) return [];
      const own = tape.turns.filter((turn) => turn.lane === index);
      const shown = own.find((turn) => turn.id === leaf) ?? own.at(-1);
      return [{ id: lane, own: ownOf(setup, first.setup), leaf: shown ? turnId(shown.id) : null, width: 1 }];
    }),
    shared: first.setup,
    tools: tape.tools.map((tool): ToolDefinition => ({ ...NEW_TOOL_CHOICES, ...tool })),
    endpoints: endpointsOf(tape),
    sequential: false,
    draft: "",
    draftImages: [],
  };
}

/** The settings in which a lane differs from those that all share. */
function ownOf(setup: LaneSetup, shared: LaneSetup): Partial<LaneSetup> {
  const differing = SETTING_KEYS.filter((key) => JSON.stringify(setup[key]) !== JSON.stringify(shared[key]));
  return Object.fromEntries(differing.map((key) => [key, setup[key]]));
}

/** The servers that its lanes were sent to and that are no preset's, under the names of that time. */
function endpointsOf({ lanes, turns }: Tape): readonly Endpoint[] {
  const found = new Map<string, Endpoint>();
  for (const { setup } of [...lanes, ...turns]) {
    const { endpoint: baseUrl, provider } = setup;
    if (baseUrl === null || found.has(baseUrl)) continue;
    const names = turns.flatMap(({ events }) => events.flatMap(({ event }) => nameOf(event, baseUrl)));
    found.set(baseUrl, { name: names[0] ?? baseUrl, baseUrl, provider });
  }
  return [...found.values()];
}

function nameOf(event: TimedEvent["event"], baseUrl: string): readonly string[] {
  if (event.type !== "step-start" || event.request.endpoint !== baseUrl) return [];
  const name = event.request.setup?.endpointName ?? null;
  return name === null ? [] : [name];
}

function turnRecord(turn: TapeTurn, { startedAt }: Tape, { id: sessionId, lanes }: NewSession): TurnRecord {
  const laneId = lanes[turn.lane];
  if (laneId === undefined) throw new Error("A turn of a tape is in one of its lanes");
  const events = turn.events.map((timed) => withStep(turn, timed));
  const records = turn.records.map((record): AttemptRecord => ({
    ...record,
    stepId: stepIn(turn, record.stepId),
  }));
  return interruptRecord(
    {
      id: turnId(turn.id),
      sessionId,
      laneId,
      promptId: promptId(turn.promptId),
      parentId: turn.parentId === null ? null : turnId(turn.parentId),
      prompt: turn.prompt,
      images: turn.images.map((image) => ({ ...image, id: imageId(image.id) })),
      createdAt: startedAt + turn.startUs / 1000,
      setup: turn.setup,
      sharedServer: turn.sharedServer,
      notes: turn.notes,
      turn: replayTurn(events, records).turn,
      events,
    },
    "copied",
  );
}

/** Lanes may call their steps by the same names; a session may not. */
function stepIn({ id }: TapeTurn, step: string): string {
  return `${id} ${step}`;
}

function withStep(turn: TapeTurn, { at, event }: TimedEvent): TimedEvent {
  return { at, event: "stepId" in event ? { ...event, stepId: stepIn(turn, event.stepId) } : event };
}
