import { parse } from "yaml";
import * as z from "zod";

/** One exchange of a go-vcr (version 2) recording. */
export type Exchange = {
  readonly index: number;
  readonly url: string;
  readonly requestBody: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
};

const body = z.union([z.string(), z.instanceof(Uint8Array)]).default("");
const recordingSchema = z.object({
  version: z.literal(2),
  interactions: z.array(
    z.object({
      request: z.object({ url: z.url(), body }),
      response: z.object({
        code: z.number(),
        headers: z.record(z.string(), z.array(z.string())).default({}),
        body,
      }),
    }),
  ),
});

/** The exchanges of a recording in their order. Throws with a readable reason where the text is not one. */
export function readRecording(yaml: string): readonly Exchange[] {
  const parsed = recordingSchema.safeParse(parse(yaml, { customTags: ["binary"], logLevel: "error" }));
  if (!parsed.success) throw new Error(`not a go-vcr version 2 recording: ${z.prettifyError(parsed.error)}`);
  return parsed.data.interactions.map(({ request, response }, index) => ({
    index,
    url: request.url,
    requestBody: text(request.body),
    status: response.code,
    contentType: response.headers["Content-Type"]?.[0] ?? "",
    body: bytes(response.body),
  }));
}

function text(value: string | Uint8Array): string {
  return typeof value === "string" ? value : new TextDecoder().decode(value);
}

function bytes(value: string | Uint8Array): Uint8Array {
  return typeof value === "string" ? new TextEncoder().encode(value) : value;
}
