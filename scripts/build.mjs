// @ts-check
/** `npm run build`: the production build, marked with its sources so that `npm start` takes it as it is. */
import { build } from "./start/prepare.mjs";

process.exitCode = (await build(process.cwd())) ? 0 : 1;
