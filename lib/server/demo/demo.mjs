// @ts-check
/** All that the demo model needs, in one module: the server loads it as it is, unbundled. */
export { installWheels } from "./install.mjs";
export { serveModel } from "./serve.mjs";
export { areWheelsInstalled, downloadBytes, platformName } from "./wheels.mjs";
