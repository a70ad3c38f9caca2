/** The images of the open session: kept in memory until they are written, then read when they are needed. */
import type { StoreApi } from "zustand/vanilla";

import { toBase64 } from "@/lib/link/base64";
import type { SessionDatabase } from "@/lib/session/storage/database";
import type { Persist } from "@/lib/session/storage/persist";
import type { AppState } from "@/lib/session/store/app-state";
import type { NewIds } from "@/lib/session/store/ids";
import type { ImageBytes, ImageId, ImageRef, NewImage } from "@/lib/session/store/session";

import { namedImages } from "./named-images";

export type Images = {
  /** Keeps an image for the open session. */
  readonly keep: (image: NewImage) => ImageRef;
  /** null when its bytes are not there: they could not be saved, or its session was deleted. */
  readonly read: (id: ImageId) => Promise<ImageBytes | null>;
  /** The base64 of those that are there. */
  readonly base64: (ids: readonly ImageId[]) => Promise<ReadonlyMap<ImageId, string>>;
  /** Releases images that neither the draft nor any turn of the open session uses. */
  readonly release: (ids: readonly ImageId[]) => void;
};

export function createImages(ports: {
  readonly store: StoreApi<AppState>;
  readonly database: SessionDatabase;
  readonly persist: Persist;
  readonly ids: NewIds;
}): Images {
  const { store, database, persist, ids } = ports;

  const read = async (id: ImageId): Promise<ImageBytes | null> => {
    const unsaved = persist.unsavedImages().find((image) => image.id === id);
    const found = unsaved ?? (await database.image(id).catch(() => null));
    return found?.bytes ?? null;
  };

  return {
    read,
    keep: ({ bytes, ...about }) => {
      const id = ids.image();
      persist.image(store.getState().session.id, { id, bytes });
      return { ...about, id, bytes: bytes.length };
    },
    base64: async (wanted) => {
      const found = new Map<ImageId, string>();
      for (const id of new Set(wanted)) {
        const bytes = await read(id);
        if (bytes !== null) found.set(id, toBase64(bytes));
      }
      return found;
    },
    release: (given) => {
      const { session, turns } = store.getState();
      const used = new Set(namedImages(session, turns.values()).map((ref) => ref.id));
      const free = given.filter((id) => !used.has(id));
      if (free.length === 0) return;
      persist.dropImages(free);
      // What could not be removed is freed when the session is deleted.
      database.removeImages(free).catch(() => undefined);
    },
  };
}
