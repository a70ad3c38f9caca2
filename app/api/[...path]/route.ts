import { z } from "zod";

import { guarded } from "@/lib/server/guard/guard";
import { appError, errorReply } from "@/lib/server/guard/reply";

/** Unknown API paths are guarded like the known ones, and answer in JSON. */
export const GET = guarded({ open: true }, ({ requestId }) => notFound(requestId));
export const POST = guarded({ body: z.unknown() }, ({ requestId }) => notFound(requestId));

function notFound(requestId: string): Response {
  return errorReply(appError(404, "NOT_FOUND", "There is no such route.", requestId));
}
