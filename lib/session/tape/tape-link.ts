/** A small tape in the part of an address behind `#`. */
import { packText, unpackText } from "@/lib/link/packed-text";
import { TAPE_MARK } from "@/lib/session/actions/recording-actions";
import { LONG_LINK, LONGEST_LINK } from "@/lib/session/link/link-content";

/** Bytes that a link's tape unpacks to at most. */
const MOST_BYTES = 2_000_000;

export type TapeLink =
  /** `message`: what a person should know of it. */
  | { readonly ok: true; readonly url: string; readonly message: string }
  | { readonly ok: false; readonly why: string };

/** The link that opens a tape at a site, or why it is too long for one. */
export async function writeTapeLink(text: string, origin: string): Promise<TapeLink> {
  const url = `${origin}/${TAPE_MARK}${await packText(text)}`;
  const length = url.length.toLocaleString("en");
  if (url.length > LONGEST_LINK) {
    return {
      ok: false,
      why: `The link would have ${length} characters, and ${LONGEST_LINK.toLocaleString("en")} is the limit. Send it as a file: press “Tape” here.`,
    };
  }
  const warning =
    url.length > LONG_LINK
      ? ` It has ${length} characters; chat programs cut links longer than ${LONG_LINK.toLocaleString("en")}.`
      : "";
  return {
    ok: true,
    url,
    message: `Link copied. It carries the whole recording, with prompts and answers.${warning}`,
  };
}

/** The text of the tape in a link. Nothing in it is trusted. */
export async function readTapeLink(
  packed: string,
): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string }> {
  if (packed.length > LONGEST_LINK)
    return { ok: false, reason: "The link is too long. Ask for the tape as a file." };
  const unpacked = await unpackText(packed, MOST_BYTES);
  if (unpacked.ok) return { ok: true, text: unpacked.text };
  switch (unpacked.why) {
    case "version":
      return { ok: false, reason: `The link has the format “${unpacked.version}”. Update Vitrine.` };
    case "damaged":
      return { ok: false, reason: "The link is damaged or was cut off. Copy the whole link again." };
    case "too-large":
      return {
        ok: false,
        reason: `The link unpacks to more than ${MOST_BYTES / 1_000_000} MB. Ask for the tape as a file.`,
      };
  }
}
