/** What a link to a comparison carries: its setup and a prompt. Never answers, images, keys or secrets of an address. */
import * as z from "zod/mini";

import { jsonObjectSchema } from "@/lib/contract/json-schema";
import { bindingSchema, sharingSchema } from "@/lib/contract/tool-binding";
import type { LaneSetup } from "@/lib/providers/provider";
import { setupFields } from "@/lib/run/saved/saved-setup";
import { endpointSchema } from "@/lib/session/storage/saved-session";
import { MAX_LANES } from "@/lib/session/store/lanes";
import type { Endpoint } from "@/lib/session/store/session";
import type { ToolDefinition } from "@/lib/tools/tool";

/** A link of more characters than this is cut by chat programs. */
export const LONG_LINK = 2_000;
/** Characters of a link at most. */
export const LONGEST_LINK = 8_000;
/** Characters of a tool's definition, written as JSON, that a link carries at most. */
export const LARGEST_TOOL = 4_000;
/** Characters of a prompt that a link carries at most. */
export const LONGEST_PROMPT = 8_000;
/** Bytes that a link unpacks to at most. */
export const MOST_BYTES = 256_000;

/** What a comparison has and its link does not. */
export type LeftOut = {
  /** Names of tools that were too large. */
  readonly tools: readonly string[];
  readonly images: number;
  /** The prompt was too long. */
  readonly prompt: boolean;
};

/** A tool in a link. It never brings an approval: whoever opens it decides what runs by itself. */
export type LinkTool = Omit<ToolDefinition, "id" | "approval">;

/** Settings that differ from those of a lane where nothing is set. `tools` name the link's tools by their place. */
export type LinkSetup = Partial<LaneSetup>;

export type LinkContent = {
  /** Absent = a name that Vitrine gave. */
  readonly name?: string | undefined;
  readonly lanes: readonly { readonly own: LinkSetup; readonly width?: number | undefined }[];
  readonly shared: LinkSetup;
  readonly tools?: readonly LinkTool[] | undefined;
  readonly endpoints?: readonly Endpoint[] | undefined;
  readonly sequential?: true | undefined;
  readonly prompt?: string | undefined;
  readonly left?: LeftOut | undefined;
};

const MOST_TOOLS = 200;

const linkSetupSchema: z.ZodMiniType<LinkSetup> = z.exactPartial(z.strictObject(setupFields));

const linkToolSchema: z.ZodMiniType<LinkTool> = z.strictObject({
  name: z.string(),
  description: z.string(),
  parameters: jsonObjectSchema,
  strict: z.nullable(z.boolean()),
  exampleResult: z.nullable(z.string()),
  binding: bindingSchema,
  // Absent in links of earlier versions.
  sharing: z.prefault(sharingSchema, "shared"),
});

const leftSchema: z.ZodMiniType<LeftOut> = z.strictObject({
  tools: z.array(z.string()).check(z.maxLength(MOST_TOOLS)),
  images: z.int().check(z.nonnegative(), z.maximum(1_000)),
  prompt: z.boolean(),
});

/** A link's content as it is read. A field that it does not know refuses the whole. */
export const linkContentSchema: z.ZodMiniType<LinkContent> = z.strictObject({
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
  lanes: z
    .array(
      z.strictObject({
        own: linkSetupSchema,
        width: z.optional(z.number().check(z.positive(), z.maximum(1_000))),
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_LANES)),
  shared: linkSetupSchema,
  tools: z.optional(z.array(linkToolSchema).check(z.maxLength(MOST_TOOLS))),
  endpoints: z.optional(z.array(endpointSchema).check(z.maxLength(MAX_LANES + 1))),
  sequential: z.optional(z.literal(true)),
  prompt: z.optional(z.string()),
  left: z.optional(leftSchema),
});

/** Tools that are left out by name. */
const NAMED = 5;

/** What a link does not carry, as a list for a person: "2 images", "the tool “search”, which is too large". */
export function leftOutWords({ tools, images, prompt }: LeftOut): readonly string[] {
  return [
    ...(prompt ? [`the prompt, which is longer than ${LONGEST_PROMPT.toLocaleString("en")} characters`] : []),
    ...(images > 0 ? [images === 1 ? "1 image" : `${images} images`] : []),
    ...tools.slice(0, NAMED).map((name) => `the tool “${name.slice(0, 64)}”, which is too large`),
    ...(tools.length > NAMED ? [`${tools.length - NAMED} more tools`] : []),
  ];
}
