/** When a server asks a person in the middle of a call. */
import type { ElicitResult } from "@modelcontextprotocol/client";
import { z } from "zod";

import { jsonObjectSchema } from "@/lib/contract/json-schema";
import type { ServerToolIo } from "@/lib/server/tools/tool-io";

import type { Asker, Elicitation } from "./connection";

/** Asks over `io`, in the name of the server. `onQuestion` hears of each question and of its end. */
export function createAsker(
  io: Pick<ServerToolIo, "ask">,
  server: string,
  onQuestion: (isOpen: boolean) => void,
  note: (sentence: string) => void,
): Asker {
  return async (params) => {
    const form = formOf(params);
    if (form === null) {
      note(`${server} asked to open an address that is not http or https, which was refused.`);
      return { action: "decline" };
    }
    onQuestion(true);
    try {
      const { action, content } = await io.ask({ from: server, message: params.message, form });
      if (action !== "accept") return { action };
      return form.kind === "url" ? { action } : { action, content: fieldsOf(content) };
    } finally {
      onQuestion(false);
    }
  };
}

type Form = Parameters<ServerToolIo["ask"]>[0]["form"];

function formOf(params: Elicitation): Form | null {
  if (params.mode === "url") return isWebAddress(params.url) ? { kind: "url", url: params.url } : null;
  return { kind: "fields", schema: jsonObjectSchema.safeParse(params.requestedSchema).data ?? {} };
}

/** A person opens it by a click: nothing but a web page may be there. */
function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol);
}

const fieldsSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
);

/** An elicitation of either era: since 2026-07-28 a page to visit has no id. */
export const elicitationSchema: z.ZodType<Elicitation> = z.union([
  z.object({ mode: z.literal("url"), message: z.string(), url: z.string() }),
  z.object({ mode: z.literal("form").optional(), message: z.string(), requestedSchema: z.looseObject({}) }),
]);

/** What the protocol lets a form hold; anything else is left out, and the server says that it is missing. */
function fieldsOf(content: unknown): NonNullable<ElicitResult["content"]> {
  const entries = Object.entries(jsonObjectSchema.safeParse(content).data ?? {});
  return fieldsSchema.parse(
    Object.fromEntries(entries.filter(([, value]) => fieldsSchema.safeParse({ value }).success)),
  );
}
