import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import type { Duplex } from "node:stream";

export type ConnectProxy = {
  /** Host and port. */
  readonly name: string;
  /** What it was asked to connect to, with the credentials that came along. */
  readonly tunnels: readonly { readonly to: string; readonly authorization: string | undefined }[];
  readonly close: () => Promise<void>;
};

/**
 * A proxy on a free loopback port that records every CONNECT. It leads all of them to `upstream`, as the only one who
 * knows the names, or refuses them with a status.
 */
export async function startConnectProxy(upstream: string | number): Promise<ConnectProxy> {
  const tunnels: { to: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Duplex>();
  const keep = (socket: Duplex) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
  };
  const server = http.createServer((_request, response) => response.writeHead(400).end("Only CONNECT."));
  server.on("connect", (request, client, head) => {
    keep(client);
    tunnels.push({ to: request.url ?? "", authorization: request.headers["proxy-authorization"] });
    if (typeof upstream === "number") {
      client.end(`HTTP/1.1 ${upstream} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(upstream);
    const target = net.connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.write(head);
      target.pipe(client).pipe(target);
    });
    keep(target);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    name: `127.0.0.1:${address.port}`,
    tunnels,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      if (!server.listening) return;
      server.close();
      await once(server, "close");
    },
  };
}
