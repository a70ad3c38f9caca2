import type { IncomingMessage, Server } from "node:http";

/** Listens on a free loopback port and prints it as the first line, for the process that started this one. */
export function announce(server: Server): void {
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
    console.log(address.port);
  });
  // The channel closes when the parent is gone, however it ended.
  process.on("disconnect", () => process.exit(0));
}

/** The whole body as text. */
export async function readText(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString("utf8");
}
