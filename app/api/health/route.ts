import { guarded } from "@/lib/server/guard/guard";
import { jsonReply } from "@/lib/server/guard/reply";
import { VERSION } from "@/lib/server/version";

/** For scripts: whether Vitrine answers, and which version. */
export const GET = guarded({ open: true }, () => jsonReply({ ok: true, version: VERSION }));
