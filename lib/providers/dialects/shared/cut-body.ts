import type { Json } from "@/lib/stream/turn/json";
import { openPartialJson } from "@/lib/stream/turn/partial-json";

/** What came of a JSON document that breaks off inside; undefined where the text is something else. */
export function readCutBody(body: string): Json | undefined {
  const tree = openPartialJson();
  tree.write(body);
  return tree.state() === "open" ? tree.value() : undefined;
}
