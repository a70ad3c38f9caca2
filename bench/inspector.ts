/** A process's memory, asked for through Node's inspector. */
import { WebSocket } from "undici";

/** Bytes that a process holds. */
export type Memory = {
  /** What its program holds: heap, external and array buffers. */
  readonly held: number;
  /** What the system has given to it, freed or not. */
  readonly rss: number;
};

/** The Node option that opens an inspector on a loopback port, for `openInspector`. */
export function inspectOption(port: number): string {
  return `--inspect=127.0.0.1:${port}`;
}

export type Inspector = {
  /** Frees what can be freed, then measures. */
  readonly memory: () => Promise<Memory>;
  readonly close: () => void;
};

/** Connects to a process that was started with `inspectOption(port)`. */
export async function openInspector(port: number): Promise<Inspector> {
  const [target]: readonly { webSocketDebuggerUrl: string }[] = await (
    await fetch(`http://127.0.0.1:${port}/json/list`)
  ).json();
  if (target === undefined) throw new Error("The inspector has nothing to inspect.");
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", reject, { once: true });
  });
  let asked = 0;
  const ask = async (method: string, parameters: object = {}): Promise<Reply> => {
    const id = (asked += 1);
    socket.send(JSON.stringify({ id, method, params: parameters }));
    return new Promise((resolve) => {
      const listen = ({ data }: { data: unknown }) => {
        const reply: Reply = JSON.parse(String(data));
        if (reply.id !== id) return;
        socket.removeEventListener("message", listen);
        resolve(reply);
      };
      socket.addEventListener("message", listen);
    });
  };
  return {
    memory: async () => {
      // Twice: what is finalized in the first collection is freed in the second.
      await ask("HeapProfiler.collectGarbage");
      await ask("HeapProfiler.collectGarbage");
      const { result } = await ask("Runtime.evaluate", {
        expression: "JSON.stringify(process.memoryUsage())",
      });
      const usage: NodeJS.MemoryUsage = JSON.parse(result?.result?.value ?? "{}");
      // Node counts array buffers as external, too: adding both up would count them twice.
      return { held: usage.heapUsed + usage.external, rss: usage.rss };
    },
    close: () => socket.close(),
  };
}

type Reply = { readonly id?: number; readonly result?: { readonly result?: { readonly value?: string } } };
