import { guard } from "@/lib/server/guard/guard";
import { jsonReply } from "@/lib/server/guard/reply";
import { VERSION } from "@/lib/server/version";

/** For scripts: whether Vitrine answers, and which version. */
export async function GET(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "GET", open: true });
  if (!guarded.ok) return guarded.response;
  return jsonReply({ ok: true, version: VERSION });
}
