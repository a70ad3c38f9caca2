import { providersReply } from "@/lib/server/discovery/providers-reply";
import { guarded } from "@/lib/server/guard/guard";
import { jsonReply } from "@/lib/server/guard/reply";

/** What exists, which keys are present by name, what answers, and how far the demo model is. */
export const GET = guarded({}, async () => jsonReply(await providersReply()));
