import type { StoreApi } from "zustand/vanilla";

import { recordKey } from "@/lib/run/record";
import type { OpenSession } from "@/lib/session/actions/parking";
import { namedImages } from "@/lib/session/images/named-images";
import type { AppState } from "@/lib/session/store/app-state";
import { count } from "@/lib/session/store/notices";
import { withCopies } from "@/lib/session/store/person";
import type { SessionId, TurnId, TurnRecord } from "@/lib/session/store/session";

import type { Bundle, SessionDatabase } from "./database";
import type { Persist } from "./persist";
import { packPieces, type StoredRecord } from "./record-parts";

export type WholeSession = {
  /** Its records' bytes are compressed. */
  readonly bundle: Bundle;
  /** What could not be included, as text for a person. */
  readonly missing: readonly string[];
};

/**
 * A whole session, null when it is not there. The open one comes from the screen and is had also when the
 * store is broken; then only its records and images may be missing.
 */
export async function sessionBundle(
  id: SessionId,
  ports: {
    readonly store: StoreApi<AppState>;
    readonly database: Pick<SessionDatabase, "recordsOfSession" | "imagesOfSession">;
    readonly persist: Pick<Persist, "unsavedRecords" | "unsavedImages">;
    /** A turn as it is now, its streaming text included. */
    readonly readTurn: (id: TurnId) => TurnRecord | null;
    readonly read: (id: SessionId) => Promise<OpenSession | null>;
  },
): Promise<WholeSession | null> {
  const { session, turns } = ports.store.getState();
  const open =
    session.id === id
      ? { session, turns: [...turns.values()].map((turn) => ports.readTurn(turn.id) ?? turn) }
      : await ports.read(id).catch(() => null);
  if (!open) return null;
  const lanes = new Set(open.session.lanes.map((lane) => lane.id));
  const shown = open.turns.filter((turn) => lanes.has(turn.laneId));
  // Before the saved ones: what is written while they are read is found here.
  const unsaved = ports.persist.unsavedRecords();
  const saved = await ports.database.recordsOfSession(id).catch(() => null);
  const steps = [...new Set(shown.flatMap(({ turn }) => turn.steps.map((step) => step.id)))];
  const known = joinStored([...(saved ?? []), ...(await Promise.all(unsaved.map(packPieces)))]);
  const order = new Map(steps.map((step, index) => [step, index]));
  const records = known
    .filter(({ stepId }) => order.has(stepId))
    .toSorted(
      (one, other) =>
        (order.get(one.stepId) ?? 0) - (order.get(other.stepId) ?? 0) || one.attempt - other.attempt,
    );
  const named = new Set(namedImages(open.session, shown).map((ref) => ref.id));
  const stored = await ports.database.imagesOfSession(id).catch(() => []);
  const images = new Map(
    [...ports.persist.unsavedImages(), ...stored]
      .filter((image) => named.has(image.id))
      .map((image) => [image.id, image]),
  );
  const lost = named.size - images.size;
  return {
    bundle: {
      session: withCopies(open.session, ports.store.getState().person),
      turns: shown,
      records,
      images: [...images.values()],
    },
    missing: [
      ...(saved === null ? ["raw responses, which could not be read from this browser's storage"] : []),
      ...(lost > 0
        ? [`${count(lost, "image").toLowerCase()}, which this browser's storage does not have`]
        : []),
    ],
  };
}

/** One record for each attempt. Of two with other facts the later counts, and so does the later of two parts. */
function joinStored(records: readonly StoredRecord[]): readonly StoredRecord[] {
  const joined = new Map<string, StoredRecord>();
  for (const record of records) {
    const key = recordKey(record);
    const parts = [...(joined.get(key)?.parts ?? []), ...record.parts];
    joined.set(key, { ...record, parts: [...new Map(parts.map((part) => [part.index, part])).values()] });
  }
  return [...joined.values()];
}
