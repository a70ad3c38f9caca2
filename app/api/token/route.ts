import { tokenRequestSchema } from "@/lib/contract/access";
import { environment } from "@/lib/server/environment";
import { guarded } from "@/lib/server/guard/guard";
import { appError, errorReply, jsonReply } from "@/lib/server/guard/reply";
import { TOKEN_WAIT, tokenCookie, tryToken } from "@/lib/server/guard/token";

/** Whether this browser has shown the token: 200, else 401. */
export const GET = guarded({}, () => jsonReply({ ok: true }));

/** Takes the token once and keeps the proof in a cookie that no script can read. */
export const POST = guarded({ body: tokenRequestSchema, open: true }, ({ body, request, requestId }) => {
  const { token } = environment();
  if (token === null) return jsonReply({ ok: true });
  const verdict = tryToken(body.token, token, request.headers);
  if (verdict.is === "wait") {
    return errorReply(appError(429, "TOKEN_WAIT", TOKEN_WAIT, requestId, { retryAfterMs: verdict.waitMs }));
  }
  if (verdict.is === "wrong") return errorReply(appError(401, "TOKEN", "That is not the token.", requestId));
  const isSecure = request.headers.get("origin")?.startsWith("https:") === true;
  return jsonReply({ ok: true }, 200, { "set-cookie": tokenCookie(token, isSecure) });
});
