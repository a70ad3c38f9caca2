/** For tests and the table of docs/verify.md: what is planted in a server's replies, and what the verdict must be. */
import type { PlantedFault } from "./planted";
import { BROKEN_ANSWERS, INVALID_CALLS, LEAKS, LOST_CALLS } from "./planted-answers";
import { NO_FAULTS, WRONG_CHOICES, WRONG_ENDS } from "./planted-choices";
import { SERVER_TRICKS } from "./planted-tricks";

/** All of them, in the order of the table. */
export const PLANTED_FAULTS: readonly PlantedFault[] = [
  ...BROKEN_ANSWERS,
  ...LEAKS,
  ...LOST_CALLS,
  ...INVALID_CALLS,
  ...WRONG_CHOICES,
  ...WRONG_ENDS,
  ...SERVER_TRICKS,
  ...NO_FAULTS,
];
