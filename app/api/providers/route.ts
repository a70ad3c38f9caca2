import { providersReply } from "@/lib/server/discovery/providers-reply";
import { guard } from "@/lib/server/guard/guard";
import { jsonReply } from "@/lib/server/guard/reply";

/** What exists, which keys are present by name, what answers, and how far the demo model is. */
export async function GET(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "GET" });
  return guarded.ok ? jsonReply(await providersReply()) : guarded.response;
}
