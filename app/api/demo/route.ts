import { z } from "zod";

import { demoModel } from "@/lib/server/discovery/own-discovery";
import { guard } from "@/lib/server/guard/guard";
import { jsonReply } from "@/lib/server/guard/reply";

const body = z.strictObject({ action: z.literal("install") });

/** Installs and starts the demo model, also after a failure. Answers at once with the state it is in then. */
export async function POST(request: Request): Promise<Response> {
  const guarded = await guard(request, { method: "POST", body });
  if (!guarded.ok) return guarded.response;
  const demo = await demoModel();
  demo.start();
  return jsonReply(demo.state());
}
