/** What the server does once, when it starts. */
import { demoModel, localServers, presentKeys } from "@/lib/server/discovery/own-discovery";
import { shared } from "@/lib/server/shared";

/**
 * Looks for local servers and, where there is nothing at all to talk to, brings the demo model. Runs once
 * in a process; every caller gets the same promise. Takes about a second and never rejects: the demo
 * model goes on by itself.
 */
export function startUp(): Promise<void> {
  return shared("start-up", () => begin());
}

async function begin(): Promise<void> {
  const found = await localServers();
  if (found.size === 0 && presentKeys().length === 0) (await demoModel()).start();
}
