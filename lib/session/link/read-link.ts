import * as z from "zod/mini";

import { PACKED_VERSION, type Unpacked, unpackText } from "@/lib/link/packed-text";
import { readBaseUrl } from "@/lib/providers/base-url";
import { LINK_MARK } from "@/lib/session/actions/link";
import { checkJsonText } from "@/lib/session/storage/check-json-text";

import { type LinkContent, linkContentSchema, LONGEST_LINK, MOST_BYTES } from "./link-content";

export type ReadLink =
  | { readonly ok: true; readonly content: LinkContent }
  /** Why it cannot be opened and what to do, for a person. */
  | { readonly ok: false; readonly why: string };

/** Reads the part of an address behind `#`, which begins with `LINK_MARK`. Nothing in it is trusted. Never rejects. */
export async function readLinkHash(hash: string): Promise<ReadLink> {
  if (hash.length > LONGEST_LINK) {
    return refuse(
      `It has ${hash.length.toLocaleString("en")} characters, and ${LONGEST_LINK.toLocaleString("en")} is the limit. Ask for the comparison as a file.`,
    );
  }
  const unpacked = await unpackText(hash.slice(LINK_MARK.length), MOST_BYTES);
  if (!unpacked.ok) return refuse(unpackedWords(unpacked));
  const json = checkJsonText(unpacked.text, "link");
  if (!json.ok) return refuse(json.reason);
  const parsed = z.safeParse(linkContentSchema, json.value);
  if (!parsed.success) return refuse(shapeWords(parsed.error));
  const problem = findProblem(parsed.data);
  return problem === null ? { ok: true, content: parsed.data } : refuse(problem);
}

function unpackedWords(fault: Exclude<Unpacked, { readonly ok: true }>): string {
  switch (fault.why) {
    case "version":
      return `It has the format “${fault.version}”, and this Vitrine reads format ${PACKED_VERSION}. Update Vitrine, or ask for a new link.`;
    case "damaged":
      return "It is damaged or was cut off. Copy the whole link again.";
    case "too-large":
      return `It unpacks to more than ${MOST_BYTES / 1_000} kB. Ask for the comparison as a file.`;
  }
}

const LONGEST_WHY = 400;

function refuse(why: string): ReadLink {
  const text = why.length > LONGEST_WHY ? `${why.slice(0, LONGEST_WHY)}…` : why;
  return { ok: false, why: `The link could not be opened. ${text}` };
}

function shapeWords(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join(".") ?? "";
  const keys = issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : "";
  if (keys !== "") {
    return `It holds something this Vitrine does not know: ${path === "" ? "" : `${path}.`}${keys}. Update Vitrine.`;
  }
  return `It is not valid at ${path === "" ? "the top level" : path}: ${issue?.message ?? "unknown shape"}.`;
}

/** Tools that are named must be there, and an address must be one that can be called and hold no secret. */
function findProblem({ lanes, shared, tools = [], endpoints = [] }: LinkContent): string | null {
  const setups = [shared, ...lanes.map(({ own }) => own)];
  const stray = setups
    .flatMap((setup) => setup.tools ?? [])
    .find((index) => tools[Number(index)] === undefined);
  if (stray !== undefined) return "It names a tool that it does not hold.";
  const addresses = [
    ...setups.flatMap(({ endpoint }) => endpoint ?? []),
    ...endpoints.map(({ baseUrl }) => baseUrl),
  ];
  const bad = addresses.find((address) => {
    const read = readBaseUrl(address);
    return !read.ok || read.baseUrl !== address;
  });
  return bad === undefined ? null : `It names a server by an address that Vitrine does not call: ${bad}`;
}
