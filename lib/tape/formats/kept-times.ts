/** Times that a format has no place for, kept beside an exchange in a key of Vitrine's own. */
import * as z from "zod/mini";

import type { Exchange, ExchangeEnd } from "@/lib/tape/exchange";
import { AFTER_DATES } from "@/lib/tape/tape";

import { readReads, writeReads } from "./body-bytes";
import { type KnownTimes, spreadEvenly } from "./even-times";
import { LONGEST_US, type Notes } from "./found";
import { told } from "./lenient";

/** What stands in the key. Whatever is odd in it counts as not told: the file itself is read all the same. */
export const keptTimesSchema = told(
  z.object({
    head_us: told(z.number()),
    /** See `writeReads`. */
    reads: told(z.string()),
    /** null = the recording stops before the end. */
    end: told(
      z.object({
        us: z.number(),
        how: z.enum(["closed", "broken", "stopped"]),
        message: z.optional(z.string()),
      }),
    ),
  }),
);

type KeptTimes = z.infer<typeof keptTimesSchema>;

/** What a writer keeps of an exchange's times. */
export type WrittenTimes = {
  readonly head_us?: number;
  readonly reads?: string;
  readonly end: ExchangeEnd | null;
};

/** The times of an exchange as they are kept. */
export function writeKeptTimes({ headUs, chunks, timing, end }: Exchange): WrittenTimes {
  return {
    ...(headUs === null ? {} : { head_us: headUs }),
    ...(timing === "measured" ? { reads: writeReads(chunks) } : {}),
    end,
  };
}

export type Timed = Pick<Exchange, "chunks" | "timing" | "end" | "headUs">;

type Timeless = {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly kept: KeptTimes;
  /** What the format itself tells. */
  readonly known: KnownTimes;
  /** Where the key stands, for the note. */
  readonly where: string;
};

/** The body with its times where they were kept and fit, otherwise evenly paced. */
export function timesOf({ body, contentType, kept, known, where }: Timeless, notes: Notes): Timed {
  const endUs = saneUs(kept?.end?.us) ?? saneUs(known.endUs);
  const headUs = saneUs(kept ? kept.head_us : known.headUs);
  const even = spreadEvenly(body, contentType, { headUs, endUs });
  if (kept === null || kept === undefined) return even;
  const end = endOf(kept, even.end);
  if (kept.reads === null || kept.reads === undefined) return { ...even, end };
  const chunks = readReads(kept.reads, body, LONGEST_US);
  if (chunks === null) {
    notes.add(`The times in ${where} do not fit its body and are left out.`);
    return { ...even, end };
  }
  const lastUs = chunks.at(-1)?.us ?? 0;
  return {
    chunks,
    headUs: headUs !== null && headUs <= (chunks[0]?.us ?? headUs) ? headUs : null,
    timing: "measured",
    end: end === null ? null : { ...end, us: Math.max(end.us, lastUs) },
  };
}

function endOf(kept: NonNullable<KeptTimes>, even: ExchangeEnd | null): ExchangeEnd | null {
  const { end } = kept;
  if (end === null || end === undefined) return null;
  const { how, message } = end;
  const us = saneUs(end.us) ?? even?.us ?? 0;
  return { us, how, ...(message === undefined ? {} : { message: message.slice(0, 1000) }) };
}

/** A time that may have been measured, in whole µs; null for every other number. */
export function saneUs(us: number | null | undefined): number | null {
  return us !== null && us !== undefined && us >= 0 && us <= LONGEST_US ? Math.round(us) : null;
}

/** Milliseconds since 1970 of an ISO date between 1970 and 9999; null for every other text. */
export function saneDate(iso: string | null | undefined): number | null {
  const ms = iso === null || iso === undefined ? Number.NaN : Date.parse(iso);
  return ms >= 0 && ms < AFTER_DATES ? ms : null;
}
