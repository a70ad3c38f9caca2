/** A card as a part of an address, and back: the whole card, so that it is read where its run is not. */
import * as z from "zod/mini";

import { packText, unpackText } from "@/lib/link/packed-text";
import { parseJson } from "@/lib/stream/turn/json-read";

import type { Card } from "./card";

/** How the part of an address behind `#` begins that holds a card. */
const CARD_MARK = "#card=";

/** Most bytes that a card may unpack to. */
const MOST_BYTES = 64_000;

const share = z.number().check(z.minimum(0), z.maximum(1));

const fact = z.strictObject({
  title: z.string(),
  lines: z.array(
    z.strictObject({
      label: z.string(),
      value: z.string(),
      rate: z.nullable(z.strictObject({ rate: share, low: share, high: share })),
    }),
  ),
  split: z.nullable(z.array(share)),
  note: z.nullable(z.string()),
});

const card: z.ZodMiniType<Card> = z.strictObject({
  title: z.string(),
  identity: z.array(z.tuple([z.string(), z.string()])),
  facts: z.array(fact),
  voided: z.nullable(z.string()),
});

/** The address of this card at a site. Rates are rounded to a thousandth, finer than anything that is shown of them. */
export async function cardLink(made: Card, origin: string): Promise<string> {
  const text = JSON.stringify(made, (_key, value: unknown) =>
    typeof value === "number" ? Math.round(value * 1_000) / 1_000 : value,
  );
  return `${origin}/verify${CARD_MARK}${await packText(text)}`;
}

/** The card in the part of an address behind `#`; null where it is damaged or none. Never rejects. */
export async function readCardLink(hash: string): Promise<Card | null> {
  if (!hash.startsWith(CARD_MARK)) return null;
  const unpacked = await unpackText(hash.slice(CARD_MARK.length), MOST_BYTES);
  if (!unpacked.ok) return null;
  const read = z.safeParse(card, parseJson(unpacked.text));
  return read.success ? read.data : null;
}
