import { once } from "node:events";
import net from "node:net";

export type RawUpstream = {
  readonly baseUrl: string;
  /** The first chat request has come. */
  readonly asked: Promise<void>;
  readonly close: () => Promise<void>;
};

/** An upstream for replies that no HTTP server would write: bytes as they are, to each chat request alone. */
export async function startRawUpstream(answer: (socket: net.Socket) => void): Promise<RawUpstream> {
  const sockets = new Set<net.Socket>();
  const heard = new EventTarget();
  const asked = new Promise<void>((resolve) => {
    heard.addEventListener("asked", () => resolve(), { once: true });
  });
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("data", (bytes: Buffer) => {
      if (!bytes.toString().startsWith("POST ")) {
        socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      heard.dispatchEvent(new Event("asked"));
      answer(socket);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return {
    baseUrl: `http://127.0.0.1:${String(address.port)}/v1`,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
