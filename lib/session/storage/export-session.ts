import { toBase64 } from "@/lib/link/base64";
import type { AttemptRecord } from "@/lib/run/record";

import type { Bundle } from "./database";
import { writeFileRecord } from "./saved-record";

/** What marks a file as ours, and the shape of what is in it: version 2 has images, version 3 attempts, version 4 bindings of every kind. */
export const BUNDLE_FORMAT = "vitrine-session";
export const BUNDLE_VERSION = 4;
/** Bytes of a file that is read back. Most of a large one is its images, which take a third more as text. */
export const MAX_BUNDLE_BYTES = 200_000_000;

/** Says that a file cannot be read back, with both sizes. */
export function tooLarge(bytes: number): string {
  return `The file is ${Math.ceil(bytes / 1_000_000)} MB. Vitrine imports files of at most ${MAX_BUNDLE_BYTES / 1_000_000} MB.`;
}

/** The whole of a session as JSON text: setup, turns, records, images. Nothing is lost, and there is no key to leave out. */
export function exportBundle(bundle: Bundle<AttemptRecord>, exportedAt: number): string {
  const { session, turns, records, images } = bundle;
  const head = { format: BUNDLE_FORMAT, version: BUNDLE_VERSION, exportedAt };
  return JSON.stringify(
    {
      ...head,
      session,
      turns,
      records: records.map(writeFileRecord),
      images: images.map(({ id, bytes }) => ({ id, base64: toBase64(bytes) })),
    },
    null,
    1,
  );
}

/** A file name that says what is in it and is safe on every system. `ending` as in ".tape". */
export function safeFileName(name: string, ending: string): string {
  const safe = name
    .normalize("NFKD")
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${safe === "" ? "comparison" : safe}${ending}`;
}

/** The name of an exported comparison's file. */
export function exportFileName(name: string): string {
  return safeFileName(name, ".vitrine.json");
}
