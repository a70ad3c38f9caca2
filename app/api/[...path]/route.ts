import { z } from "zod";

import { guard } from "@/lib/server/guard/guard";
import { appError, errorReply } from "@/lib/server/guard/reply";

/** Unknown API paths are guarded like the known ones, and answer in JSON. */
export async function GET(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "GET", open: true });
  return guarded.ok ? notFound(guarded.requestId) : guarded.response;
}

export async function POST(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "POST", body: z.unknown() });
  return guarded.ok ? notFound(guarded.requestId) : guarded.response;
}

function notFound(requestId: string): Response {
  return errorReply(appError(404, "NOT_FOUND", "There is no such route.", requestId));
}
