import { outsideCode } from "./outside-code";

const CLOSES = ["</think>", "</thinking>", "</thought>", "[/THINK]", "◁/think▷"] as const;

/** A closing think tag whose beginning never came, and where it stands. */
export type LoneClose = { readonly at: number; readonly tag: string };

/** The first closing think tag of a text that has no opening one before it; null where there is none. Code is passed over. */
export function findLoneClose(text: string): LoneClose | null {
  if (!CLOSES.some((tag) => text.includes(tag))) return null;
  const plain = outsideCode(text);
  const found = CLOSES.map((tag) => ({ at: plain.indexOf(tag), tag })).filter(({ at }) => at !== -1);
  const [first] = found.toSorted((one, other) => one.at - other.at);
  if (first === undefined) return null;
  const open = first.tag.replace("/", "");
  return plain.slice(0, first.at).includes(open) ? null : first;
}
