import { once } from "node:events";
import http from "node:http";
import net, { type AddressInfo } from "node:net";

/** One request as it reached a stub. */
type Seen = {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
};

export type Stub = {
  readonly origin: string;
  readonly seen: readonly Seen[];
  /** Connections that were opened, also those that sent nothing. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

type Answer = (response: http.ServerResponse, request: Seen) => void;

/** An upstream on a free loopback port that logs what it is sent and answers as the test says. */
export async function startStub(answer: Answer): Promise<Stub> {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const one = { path: request.url ?? "", headers: request.headers, body };
      seen.push(one);
      answer(response, one);
    });
  });
  return { ...(await listen(server, () => server.closeAllConnections())), seen };
}

/** A bare TCP server that answers each connection's first bytes as the test says. */
export async function startTcp(answer: (socket: net.Socket) => void): Promise<Stub> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("data", () => answer(socket));
  });
  const closeAll = () => sockets.forEach((socket) => socket.destroy());
  return { ...(await listen(server, closeAll)), seen: [] };
}

async function listen(server: net.Server, closeAll: () => void): Promise<Omit<Stub, "seen">> {
  let connections = 0;
  server.on("connection", () => (connections += 1));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${portOf(server.address())}`,
    connections: () => connections,
    close: async () => {
      closeAll();
      if (!server.listening) return;
      server.close();
      await once(server, "close");
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The stub has no port.");
  return address.port;
}
