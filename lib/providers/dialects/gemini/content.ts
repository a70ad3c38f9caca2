import type { JsonObject } from "@/lib/stream/turn/json";

/** A message of the dialect. */
export type GeminiContent = {
  readonly role: "user" | "model";
  readonly parts: readonly JsonObject[];
};
