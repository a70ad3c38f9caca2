/** The saved shapes of a session and of a turn record. */
import * as z from "zod/mini";

import { jsonObjectSchema } from "@/lib/contract/json-schema";
import { approvalSchema, bindingSchema, sharingSchema } from "@/lib/contract/tool-binding";
import type { LaneSetup } from "@/lib/providers/provider";
import { runEventSchema } from "@/lib/run/saved/saved-event";
import { idSchema, setupFields, setupSchema } from "@/lib/run/saved/saved-setup";
import { turnSchema } from "@/lib/run/saved/saved-turn";
import { MAX_IMAGES, MAX_NAME } from "@/lib/session/images/image-limits";
import { imageId, laneId, promptId, sessionId, turnId } from "@/lib/session/store/ids";
import { MAX_LANES } from "@/lib/session/store/lanes";
import type {
  DraftImage,
  Endpoint,
  ImageRef,
  Lane,
  McpServer,
  Session,
  StoredImage,
  TurnRecord,
} from "@/lib/session/store/session";
import type { ToolDefinition } from "@/lib/tools/tool";
import { LONGEST_SET_NAME, type ToolSet } from "@/lib/tools/tool-set";

const textOrNull = z.nullable(z.string());

const laneIdSchema = z.pipe(idSchema, z.transform(laneId));
const turnIdSchema = z.pipe(idSchema, z.transform(turnId));
const sessionIdSchema = z.pipe(idSchema, z.transform(sessionId));
const promptIdSchema = z.pipe(idSchema, z.transform(promptId));
// Stands in the text of wire records, so it has none of the characters around it.
export const imageIdSchema = z.pipe(z.string().check(z.regex(/^[\w-]{1,100}$/)), z.transform(imageId));

/** Tools in one set, with those that were deleted since. */
const MOST_SET_TOOLS = 5_000;
/** Events of a run itself in one turn. */
const MAX_EVENTS = 100_000;

const pixels = z.int().check(z.positive());

const imageRefSchema: z.ZodMiniType<ImageRef> = z.object({
  id: imageIdSchema,
  name: z.string().check(z.maxLength(MAX_NAME)),
  mediaType: z.enum(["image/png", "image/jpeg", "image/webp", "image/gif"]),
  width: pixels,
  height: pixels,
  bytes: z.int().check(z.positive()),
});

const draftImageSchema: z.ZodMiniType<DraftImage> = z.object({
  original: imageRefSchema,
  sent: imageRefSchema,
});

/** The bytes of an image as they were saved. */
export const storedImageSchema: z.ZodMiniType<StoredImage> = z.object({
  id: imageIdSchema,
  bytes: z.instanceof(Uint8Array<ArrayBuffer>),
});

const ownSetupSchema: z.ZodMiniType<Partial<LaneSetup>> = z.exactPartial(z.object(setupFields));

/** A tool as it was saved. Up to version 2 it named its runner, or none; up to version 3 only calculators ran. */
export const savedToolSchema: z.ZodMiniType<ToolDefinition> = z.pipe(
  z.object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    parameters: jsonObjectSchema,
    strict: z.nullable(z.boolean()),
    exampleResult: textOrNull,
    binding: z.optional(bindingSchema),
    runner: z.optional(textOrNull),
    approval: z.prefault(approvalSchema, null),
    sharing: z.prefault(sharingSchema, "shared"),
  }),
  z.transform(({ binding, runner, ...tool }): ToolDefinition => ({
    ...tool,
    binding: binding ?? (runner ? { kind: "page", name: runner } : { kind: "ask" }),
  })),
);

/** A set of tools as it was saved. */
export const toolSetSchema: z.ZodMiniType<ToolSet> = z.object({
  id: idSchema,
  name: z.string().check(z.minLength(1), z.maxLength(LONGEST_SET_NAME)),
  tools: z.array(z.string()).check(z.maxLength(MOST_SET_TOOLS)),
});

/** A person's own server as it was saved. Fields it does not know are left out, so a key has no place to be. */
export const endpointSchema: z.ZodMiniType<Endpoint> = z.object({
  name: z.string(),
  baseUrl: z.string(),
  provider: z.string(),
  asks: z.optional(z.object({ login: z.boolean(), query: z.array(z.string()) })),
});

/** A person's own MCP server as it was saved. */
export const mcpServerSchema: z.ZodMiniType<McpServer> = z.object({
  from: z.literal("person"),
  name: z.string(),
  url: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
});

const laneSchema: z.ZodMiniType<Lane> = z.object({
  id: laneIdSchema,
  own: ownSetupSchema,
  leaf: z.nullable(turnIdSchema),
  width: z.number().check(z.positive()),
});

/** A session as it was saved. Fields it does not know are left out, so a key has no place to be. */
export const sessionSchema: z.ZodMiniType<Session> = z.object({
  id: sessionIdSchema,
  name: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  lanes: z.array(laneSchema).check(z.minLength(1), z.maxLength(MAX_LANES)),
  shared: setupSchema,
  tools: z.array(savedToolSchema).check(z.maxLength(500)),
  endpoints: z.array(endpointSchema).check(z.maxLength(500)),
  sequential: z.boolean(),
  draft: z.string(),
  // Absent in version 1.
  draftImages: z.prefault(z.array(draftImageSchema).check(z.maxLength(MAX_IMAGES)), []),
});

/** A turn record as it was saved. */
export const turnRecordSchema: z.ZodMiniType<TurnRecord> = z.object({
  id: turnIdSchema,
  sessionId: sessionIdSchema,
  laneId: laneIdSchema,
  promptId: promptIdSchema,
  parentId: z.nullable(turnIdSchema),
  prompt: z.string(),
  // Absent in version 1.
  images: z.prefault(z.array(imageRefSchema).check(z.maxLength(MAX_IMAGES)), []),
  createdAt: z.number(),
  setup: setupSchema,
  sharedServer: z.boolean(),
  notes: z.array(z.string()),
  turn: turnSchema,
  // Absent up to version 2.
  events: z.prefault(z.array(runEventSchema).check(z.maxLength(MAX_EVENTS)), []),
});
