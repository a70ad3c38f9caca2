import type { RecordFacts } from "@/lib/run/record";
import { renameReferences } from "@/lib/session/images/wire-images";
import type { Bundle } from "@/lib/session/storage/database";
import type { NewIds } from "@/lib/session/store/ids";
import type { ImageRef } from "@/lib/session/store/session";

/** A copy of a session under new ids throughout, so that it and the original live side by side. `now` is epoch ms. */
export function withNewIds<R extends Pick<RecordFacts, "stepId" | "request">>(
  { session, turns, records, images }: Bundle<R>,
  ids: NewIds,
  now: number,
): Bundle<R> {
  const newSession = ids.session();
  const newLane = renames(ids.lane);
  const newTurn = renames(ids.turn);
  const newPrompt = renames(ids.prompt);
  const newStep = renames(ids.step);
  const newImage = renames(ids.image);
  const newRef = (ref: ImageRef): ImageRef => ({ ...ref, id: newImage(ref.id) });
  return {
    session: {
      ...session,
      id: newSession,
      updatedAt: now,
      lanes: session.lanes.map((lane) => ({
        ...lane,
        id: newLane(lane.id),
        leaf: lane.leaf === null ? null : newTurn(lane.leaf),
      })),
      draftImages: session.draftImages.map(({ original, sent }) => ({
        original: newRef(original),
        sent: newRef(sent),
      })),
    },
    turns: turns.map((record) => ({
      ...record,
      id: newTurn(record.id),
      sessionId: newSession,
      laneId: newLane(record.laneId),
      promptId: newPrompt(record.promptId),
      parentId: record.parentId === null ? null : newTurn(record.parentId),
      images: record.images.map(newRef),
      turn: { steps: record.turn.steps.map((step) => ({ ...step, id: newStep(step.id) })) },
      events: record.events.map(({ at, event }) => ({
        at,
        event: "stepId" in event ? { ...event, stepId: newStep(event.stepId) } : event,
      })),
    })),
    records: records.map((record) => ({
      ...record,
      stepId: newStep(record.stepId),
      request: renameReferences(record.request, newImage),
    })),
    images: images.map((image) => ({ ...image, id: newImage(image.id) })),
  };
}

/** An old id always maps to the same new one. */
function renames<Id extends string>(create: () => Id): (old: Id) => Id {
  const known = new Map<Id, Id>();
  return (old) => {
    const id = known.get(old) ?? create();
    known.set(old, id);
    return id;
  };
}
