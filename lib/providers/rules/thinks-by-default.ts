import { effortFamily } from "./effort";

/** Whether a model thinks when no effort is sent, as far as its family is known; unknown counts as no. */
export function thinksByDefault(model: string): boolean {
  const family = effortFamily(model);
  return family !== null && family.neverThinks !== true;
}
