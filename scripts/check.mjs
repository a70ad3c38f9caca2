// @ts-check
/** `npm run check`: the quick part of the tests, without a browser. */
import { runStages } from "./check/run-stages.mjs";
import { QUICK_STAGES } from "./check/stages.mjs";

process.exitCode = await runStages(process.cwd(), QUICK_STAGES);
