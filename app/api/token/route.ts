import { z } from "zod";

import { environment } from "@/lib/server/environment";
import { guard } from "@/lib/server/guard/guard";
import { appError, errorReply, jsonReply } from "@/lib/server/guard/reply";
import { TOKEN_WAIT, tokenCookie, tryToken } from "@/lib/server/guard/token";

const tokenRequestSchema = z.strictObject({ token: z.string().min(1).max(4096) });

/** Whether this browser has shown the token: 200, else 401. */
export async function GET(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "GET" });
  return guarded.ok ? jsonReply({ ok: true }) : guarded.response;
}

/** Takes the token once and keeps the proof in a cookie that no script can read. */
export async function POST(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "POST", body: tokenRequestSchema, open: true });
  if (!guarded.ok) return guarded.response;
  const { token } = environment();
  if (token === null) return jsonReply({ ok: true });
  const verdict = tryToken(guarded.body.token, token, request.headers);
  if (verdict.is === "wait") {
    const { waitMs: retryAfterMs } = verdict;
    return errorReply(appError(429, "TOKEN_WAIT", TOKEN_WAIT, guarded.requestId, { retryAfterMs }));
  }
  if (verdict.is === "wrong") {
    return errorReply(appError(401, "TOKEN", "That is not the token.", guarded.requestId));
  }
  const isSecure = request.headers.get("origin")?.startsWith("https:") === true;
  return jsonReply({ ok: true }, 200, { "set-cookie": tokenCookie(token, isSecure) });
}
