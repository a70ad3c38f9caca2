import { demoRequestSchema } from "@/lib/contract/servers";
import { demoModel } from "@/lib/server/discovery/own-discovery";
import { guarded } from "@/lib/server/guard/guard";
import { jsonReply } from "@/lib/server/guard/reply";

/** Installs and starts the demo model, also after a failure. Answers at once with the state it is in then. */
export const POST = guarded({ body: demoRequestSchema }, async () => {
  const demo = await demoModel();
  demo.start();
  return jsonReply(demo.state());
});
