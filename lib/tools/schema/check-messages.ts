import type { Json, JsonObject } from "@/lib/stream/turn/json";

import type { ArgumentsCheck } from "./check-arguments";

/** To the worker: one check. */
export type CheckRequest = { readonly id: number; readonly parameters: JsonObject; readonly input: Json };

/** From the worker: that it listens, then one reply to each request. */
export type CheckReply =
  | { readonly type: "ready" }
  | { readonly type: "checked"; readonly id: number; readonly check: ArgumentsCheck };
