import type { JsonObject } from "@/lib/stream/turn/json";
import { amountAt } from "@/lib/stream/turn/json-read";

const TICKS_PER_USD = 1e10;
/** No single request costs more. */
const MOST_USD = 1e6;

/**
 * What a request cost in US dollars, as its usage reports it; null where it reports nothing that can be one.
 *
 * - `cost`: OpenRouter in credits, which are dollars, https://openrouter.ai/docs/use-cases/usage-accounting, in Responses
 *   too, https://openrouter.ai/docs/agent-sdk/typescript/models/openresponsesusage. Avian and Vercel's gateway were seen
 *   to send it; Vercel writes the same amount as text elsewhere in the answer, so both are read.
 * - `cost_in_usd_ticks`: xAI in both formats, https://docs.x.ai/developers/cost-tracking.
 */
export function readCost(usage: JsonObject): number | null {
  const ticks = amountAt(usage, "cost_in_usd_ticks", MOST_USD * TICKS_PER_USD);
  return amountAt(usage, "cost", MOST_USD) ?? (ticks === null ? null : ticks / TICKS_PER_USD);
}
