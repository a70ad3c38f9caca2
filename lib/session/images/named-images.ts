import type { ImageRef, Session, TurnRecord } from "@/lib/session/store/session";

/** Every image that a session names, as often as it is named. */
export function namedImages(session: Session, turns: Iterable<TurnRecord>): readonly ImageRef[] {
  return [
    ...session.draftImages.flatMap(({ original, sent }) => [original, sent]),
    ...Array.from(turns, (turn) => turn.images).flat(),
  ];
}
