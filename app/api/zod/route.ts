import { guarded } from "@/lib/server/guard/guard";
import { zodScript } from "@/lib/server/sandbox/zod-script";

/** Zod for the sandbox, which the page hands on. */
export const GET = guarded(
  {},
  () =>
    new Response(zodScript(), {
      headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-store" },
    }),
);
