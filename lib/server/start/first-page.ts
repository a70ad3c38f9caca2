import { get } from "node:http";

import type { Environment } from "@/lib/server/environment";

const EVERY_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/** Has the page of a first visit made before anybody asks for it: the first one takes Next about half a second. */
export function makeFirstPage({ host, port }: Environment): void {
  const loopback = `127.0.0.1:${port}`;
  get({
    host: EVERY_ADDRESS.has(host) ? "127.0.0.1" : host,
    port,
    path: "/",
    headers: { host: loopback },
    agent: false,
  })
    .on("response", (response) => response.resume())
    // Then whoever asks first waits for it.
    .on("error", () => undefined);
}
