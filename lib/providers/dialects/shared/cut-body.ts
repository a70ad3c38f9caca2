import type { Json } from "@/lib/stream/turn/json";
import { openPartialJson } from "@/lib/stream/turn/partial-json";

/** The part of a JSON document before the point where it breaks off; undefined for any other text. */
export function readCutBody(body: string): Json | undefined {
  const tree = openPartialJson();
  tree.write(body);
  return tree.state() === "open" ? tree.value() : undefined;
}
