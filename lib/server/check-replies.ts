import "server-only";
import type { Socket } from "node:net";

/** Thrown into a call whose reply has a status that no answer can have. */
export class BadStatusError extends Error {
  readonly code = "BAD_STATUS";
  /** "999", or "101" for a protocol that nobody asked for. */
  readonly status: string;

  constructor(status: string) {
    super(`Its status is ${status}.`);
    this.status = status;
  }
}

const STATUS_LINE = /^HTTP\/1\.\d (\d{3})(?![^\s])/;
/** As long as the longest beginning of a status line that `STATUS_LINE` needs. */
const ENOUGH = "HTTP/1.1 200 ".length;
/** Heads of interim replies are short; what is longer is left to the parser, which has limits of its own. */
const MOST = 16 * 1024;

/**
 * Reads the head of each reply on a socket before undici does. Interim replies, such as `100 Continue`, are skipped:
 * undici takes one that nobody asked for as an error. Statuses that no answer can have end the call with a
 * `BadStatusError`: on some of them undici trips over its own checks.
 */
export function checkReplies(socket: Socket): void {
  const read = socket.read.bind(socket);
  const write = socket.write.bind(socket);
  let isHeadAwaited = false;
  let held: Buffer = Buffer.alloc(0);
  Object.assign(socket, {
    write(...parameters: Parameters<Socket["write"]>): boolean {
      isHeadAwaited = true;
      return write(...parameters);
    },
    read(size?: number): Buffer | null {
      const piece: Buffer | null = read(size);
      if (piece === null || !isHeadAwaited) return piece;
      const found = skipInterim(Buffer.concat([held, piece]));
      held = found.kind === "more" ? found.bytes : Buffer.alloc(0);
      if (found.kind === "more") return null;
      isHeadAwaited = false;
      if (found.kind === "final") return found.bytes;
      socket.destroy(new BadStatusError(found.status));
      return null;
    },
  });
}

type Head =
  /** `bytes` begin with what is no interim reply. */
  | { readonly kind: "final"; readonly bytes: Buffer }
  /** `bytes` are not enough to tell. */
  | { readonly kind: "more"; readonly bytes: Buffer }
  | { readonly kind: "bad"; readonly status: string };

function skipInterim(bytes: Buffer): Head {
  const start = bytes.toString("latin1", 0, ENOUGH);
  if (start.length < ENOUGH && "HTTP/1.".startsWith(start.slice(0, 7)) && !start.includes("\n")) {
    return { kind: "more", bytes };
  }
  const status = STATUS_LINE.exec(start)?.[1];
  // No HTTP at all: the parser says so.
  if (status === undefined || (status >= "200" && status <= "599")) return { kind: "final", bytes };
  if (status < "100" || status === "101" || status > "599") return { kind: "bad", status };
  const end = bytes.indexOf("\r\n\r\n");
  if (end >= 0) return skipInterim(bytes.subarray(end + 4));
  return bytes.length > MOST ? { kind: "final", bytes } : { kind: "more", bytes };
}
