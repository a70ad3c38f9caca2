import { configureGlobal } from "fast-check";

/** Every property runs so often unless it says otherwise; `npm run fuzz` asks for more. */
const LEAST_RUNS = 1000;

configureGlobal({ numRuns: Number(process.env["PROPERTY_RUNS"] ?? LEAST_RUNS) });
