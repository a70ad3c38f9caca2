/** Ids of traces and spans, made from what they stand for: the same turn exported twice is one trace. */

/** 16 bytes as hex, never all zero. Not a hash for secrets. */
export function traceIdOf(name: string): string {
  return [1, 2, 3, 4].map((seed) => hex32(name, seed)).join("");
}

/** 8 bytes as hex, never all zero. */
export function spanIdOf(name: string): string {
  return [5, 6].map((seed) => hex32(name, seed)).join("");
}

/** FNV-1a with another start for each seed, mixed at its end. */
function hex32(name: string, seed: number): string {
  let hash = Math.imul(0x811c9dc5 ^ seed, 0x01000193);
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  // All zeros mean no id.
  return (hash >>> 0 || 1).toString(16).padStart(8, "0");
}
