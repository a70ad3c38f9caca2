/**
 * What the page and its sandbox say to each other: a frame of its own origin, in which a worker runs a person's code. The
 * page sends one job and two ports: one for the frame, which answers pings, and one for the worker.
 */
import * as z from "zod/mini";

import type { Json } from "@/lib/stream/turn/json";

/** Where the frame is served. Its policy forbids everything but to compute. */
export const SANDBOX_PATH = "/sandbox";

/** Zod as one script, which the page gives to the sandbox: it sets `z`, and `schemasOf` for what code declares. */
export const ZOD_PATH = "/api/zod";

export type SandboxJob =
  /** Runs a function over one call's arguments. */
  | {
      readonly kind: "run";
      /** An ES module whose default export is the function. */
      readonly module: string;
      /** A script that runs before it; null = none. */
      readonly prelude: string | null;
      /** Arguments of earlier calls, which are made again in this order, without their logs, to bring the state back. */
      readonly earlier: readonly Json[];
      readonly args: Json;
      /** ms for each call */
      readonly timeoutMs: number;
    }
  /** Compiles a script and tells whether it could. */
  | { readonly kind: "check"; readonly script: string };

const text = z.string();
const place = { line: z.nullable(z.number()), column: z.nullable(z.number()) };

/** What the frame says. */
export const frameMessageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("pong") }),
  /** The worker's script was compiled; only of a check. */
  z.object({ type: z.literal("compiled") }),
  /** The worker's script has an error, or the worker could not begin. */
  z.object({ type: z.literal("broken"), message: text, ...place }),
]);

/** What the worker says. */
export const workerMessageSchema = z.discriminatedUnion("type", [
  /** A call begins: of the module itself, of each earlier call, then of the call. */
  z.object({ type: z.literal("begin") }),
  z.object({ type: z.literal("log"), text }),
  z.object({ type: z.literal("end"), output: text }),
  /** `isThrown`: the call itself threw, and did not fail before it began. */
  z.object({
    type: z.literal("fail"),
    message: text,
    isThrown: z.boolean(),
    isSyntax: z.boolean(),
    line: z.nullable(z.number()),
  }),
]);
