import type { Json, JsonObject } from "@/lib/stream/turn/json";

export type Container = JsonObject | readonly Json[];

/** A row of a tree, and how many rows there may be below it. */
export type FittingRow = { readonly name: string; readonly value: Json; readonly room: number };

/**
 * The first rows of a value so that the tree below it has about `room` rows, and always one. An object shows its own keys
 * before what is in them; a list shows its first items whole, for half a record says little.
 */
export function fittingRows(value: Container, room: number): readonly FittingRow[] {
  return isList(value) ? fittingItems(value, room) : fittingKeys(value, room);
}

export function isContainer(value: Json): value is Container {
  return typeof value === "object" && value !== null;
}

function fittingKeys(value: JsonObject, room: number): readonly FittingRow[] {
  const entries = Object.entries(value).slice(0, Math.max(1, room));
  let left = room - entries.length;
  return entries.map(([name, child]) => {
    const row = { name, value: child, room: Math.max(0, left) };
    left -= rowsBelow(child, row.room);
    return row;
  });
}

function fittingItems(value: readonly Json[], room: number): readonly FittingRow[] {
  const rows: FittingRow[] = [];
  let left = room;
  for (const [index, item] of value.entries()) {
    const below = Math.max(0, left - 1);
    const taken = 1 + rowsBelow(item, left);
    if (rows.length > 0 && taken > left) break;
    rows.push({ name: String(index), value: item, room: below });
    left -= taken;
  }
  return rows;
}

/** How many rows a whole tree has, counted up to `most`. */
function rowsBelow(value: Json, most: number): number {
  if (!isContainer(value)) return 0;
  let rows = 0;
  for (const child of isList(value) ? value : Object.values(value)) {
    if (rows >= most) break;
    rows += 1 + rowsBelow(child, most - rows - 1);
  }
  return rows;
}

function isList(value: Container): value is readonly Json[] {
  return Array.isArray(value);
}
