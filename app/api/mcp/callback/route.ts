import { guarded } from "@/lib/server/guard/guard";
import { finishSignIn } from "@/lib/server/mcp/sign-in/sign-in-flow";

/**
 * Where an authorization server leads back to. It is opened by a link on another site, so it takes no proof of ours: the
 * `state` in its query is the proof, random and good once.
 */
export const GET = guarded({ open: true }, async ({ request }) => {
  const { ok, sentence } = await finishSignIn(new URL(request.url).searchParams);
  return new Response(`${sentence}\n`, {
    status: ok ? 200 : 400,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });
});
