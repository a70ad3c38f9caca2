/** Named groups of a person's tools. A set switches its tools; a lane keeps its own list of what is on. Pure. */
import type { WrittenSet } from "@/lib/tools/formats/format";

import type { ToolDefinition } from "./tool";

export type ToolSet = {
  readonly id: string;
  readonly name: string;
  /** Ids of its tools. The id of a deleted tool stays, so that the tool is in the set again if it comes back. */
  readonly tools: readonly string[];
};

/** A set's name at most, in characters. */
export const LONGEST_SET_NAME = 100;
/** Sets that a person may have. */
export const MOST_SETS = 200;

/** The tools of a set that there are, in the order of the list. */
export function toolsOf(set: ToolSet, tools: readonly ToolDefinition[]): readonly ToolDefinition[] {
  const ids = new Set(set.tools);
  return tools.filter(({ id }) => ids.has(id));
}

/** How much of a set is on where these tools are on. A set without tools is off. */
export function setState(tools: readonly ToolDefinition[], on: readonly string[]): "on" | "partly" | "off" {
  const count = tools.filter(({ id }) => on.includes(id)).length;
  if (count === 0) return "off";
  return count === tools.length ? "on" : "partly";
}

/** A name that no set has yet: "Set 1", "Set 2", … */
export function newSetName(sets: readonly ToolSet[]): string {
  const taken = new Set(sets.map(({ name }) => name));
  for (let count = 1; ; count += 1) if (!taken.has(`Set ${count}`)) return `Set ${count}`;
}

/** Why a set cannot have this name; null = it can. */
export function setNameProblem(name: string, others: readonly ToolSet[]): string | null {
  if (name.trim() === "") return "A set needs a name.";
  if (name.trim().length > LONGEST_SET_NAME) return `A name has at most ${LONGEST_SET_NAME} characters.`;
  return others.some((other) => other.name === name.trim()) ? "Another set has this name." : null;
}

/** Sets as a file holds them: by the names of those of its tools that are in the file. A set without any is left out. */
export function writtenSets(
  sets: readonly ToolSet[],
  tools: readonly ToolDefinition[],
): readonly WrittenSet[] {
  return sets
    .map((set) => ({ name: set.name, tools: toolsOf(set, tools).map(({ name }) => name) }))
    .filter((set) => set.tools.length > 0);
}

/**
 * The sets that a file adds or changes. Its tools are found by their names among those there are; one of a set that is
 * there already joins it. Sets without any tool are left out.
 */
export function joinSets(
  own: readonly ToolSet[],
  written: readonly WrittenSet[],
  tools: readonly ToolDefinition[],
  newId: () => string,
): readonly ToolSet[] {
  const idOf = new Map(tools.map(({ id, name }) => [name, id]));
  const joined = new Map<string, ToolSet>();
  for (const { name: given, tools: names } of written) {
    const name = given.trim().slice(0, LONGEST_SET_NAME);
    const ids = names.flatMap((tool) => idOf.get(tool) ?? []);
    if (name === "" || ids.length === 0) continue;
    const known = joined.get(name) ?? own.find((set) => set.name === name);
    if (known === undefined && own.length + joined.size >= MOST_SETS) continue;
    joined.set(name, {
      id: known?.id ?? newId(),
      name,
      tools: [...new Set([...(known?.tools ?? []), ...ids])],
    });
  }
  return [...joined.values()];
}
