import { guard } from "@/lib/server/guard";
import { providersReply } from "@/lib/server/providers-reply";
import { jsonReply } from "@/lib/server/reply";

/** What exists, which keys are present by name, what answers, and how far the demo model is. */
export async function GET(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "GET" });
  return guarded.ok ? jsonReply(await providersReply()) : guarded.response;
}
