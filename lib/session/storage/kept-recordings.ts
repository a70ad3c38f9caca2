/** Files of recordings that are open, kept in the browser's database so that a reload opens them again. */
import * as z from "zod/mini";

import type { WithHandle } from "./database-handle";
import { gunzip } from "./gzip";
import { gzipInWorker } from "./gzip-in-worker";

/** A file as a person gave it. */
export type KeptRecording = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

export type KeptRecordings = {
  /** Keeps a file under an id; the oldest others make room. Resolves to false where it is too large to be kept. */
  readonly keepRecording: (id: string, file: KeptRecording) => Promise<boolean>;
  /** null where it is not there or cannot be read. */
  readonly keptRecording: (id: string) => Promise<KeptRecording | null>;
  readonly dropRecording: (id: string) => Promise<void>;
};

/** Files at once: one for each tab that plays one. */
const MOST_KEPT = 4;
/** Bytes of a file, compressed. */
const MOST_BYTES = 32_000_000;

const VERSION = 1;
const keptSchema = z.object({
  version: z.literal(VERSION),
  name: z.string(),
  packed: z.instanceof(Uint8Array<ArrayBuffer>),
});

/** The kept recordings of the database that `withDatabase` opens. */
export function keptRecordings(withDatabase: WithHandle): KeptRecordings {
  return {
    keepRecording: async (id, { name, bytes }) => {
      // Compressed first: a transaction does not wait for anything else.
      const packed = await gzipInWorker(bytes);
      if (packed.length > MOST_BYTES) return false;
      return withDatabase(async (database) => {
        const transaction = database.transaction("recordings", "readwrite");
        const { store } = transaction;
        const byAge = await store.index("order").getAllKeys();
        const newest = await store.index("order").openKeyCursor(null, "prev");
        const order = typeof newest?.key === "number" ? newest.key + 1 : 0;
        const others = byAge.filter((key) => key !== id);
        const gone = others.slice(0, Math.max(0, others.length - MOST_KEPT + 1));
        await Promise.all([
          ...gone.map((key) => store.delete(key)),
          store.put({ version: VERSION, order, name, packed }, id),
          transaction.done,
        ]);
        return true;
      });
    },
    keptRecording: async (id) => {
      const saved = z.safeParse(keptSchema, await withDatabase((database) => database.get("recordings", id)));
      if (!saved.success) return null;
      const { name, packed } = saved.data;
      return { name, bytes: await gunzip(packed) };
    },
    dropRecording: (id) => withDatabase((database) => database.delete("recordings", id)),
  };
}
