import type { RequestInput } from "@/lib/providers/provider";
import { rejectedFields } from "@/lib/providers/rules/rejected-fields";
import type { JsonObject } from "@/lib/stream/turn/json";

import type { Note } from "./note";

/** The body without the fields that this provider, or this model there, refuses. */
export function leaveOutRejected(
  body: JsonObject,
  { provider, quirks, setup }: RequestInput,
  note: Note,
): JsonObject {
  const rejected = new Map(rejectedFields(provider, quirks, setup).map((field) => [field.name, field.why]));
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => {
      const why = rejected.get(name);
      if (why !== undefined) note(`${name} is not sent: ${why}.`);
      return why === undefined;
    }),
  );
}
