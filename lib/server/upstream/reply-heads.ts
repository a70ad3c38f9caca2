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
/** A head that is longer is left to the parser, which has a limit of its own. */
const MAX_HEAD_BYTES = 16 * 1024;
const HEAD_END = "\r\n\r\n";
const CHUNKED = /\r\ntransfer-encoding:[^\r\n]*chunked/i;
const LENGTH = /\r\ncontent-length:[^\r\n]*/gi;

/**
 * Reads the head of each reply on a socket before undici does, which is strict where servers are not:
 * - Interim replies, such as `100 Continue`, are skipped: undici takes one that nobody asked for as an error.
 * - A status that no answer can have ends the call with a `BadStatusError`: on some, undici trips over its own checks.
 * - A length beside `Transfer-Encoding: chunked` is taken out: the chunks say where such a body ends (RFC 9112, 6.3),
 *   and undici would throw the whole answer away.
 */
export function tidyReplyHeads(socket: Socket): void {
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
      const found = readHead(held.length === 0 ? piece : Buffer.concat([held, piece]));
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
  /** `bytes` are for the parser, as they are: the head of an answer, or no HTTP at all. */
  | { readonly kind: "final"; readonly bytes: Buffer }
  /** `bytes` are not enough to decide. */
  | { readonly kind: "more"; readonly bytes: Buffer }
  | { readonly kind: "bad"; readonly status: string };

function readHead(bytes: Buffer): Head {
  const start = bytes.toString("latin1", 0, ENOUGH);
  const status = STATUS_LINE.exec(start)?.[1];
  if (status === undefined) {
    const mayBecomeHttp =
      start.length < ENOUGH && "HTTP/1.".startsWith(start.slice(0, 7)) && !start.includes("\n");
    return { kind: mayBecomeHttp ? "more" : "final", bytes };
  }
  if (status < "100" || status === "101" || status > "599") return { kind: "bad", status };
  const end = bytes.indexOf(HEAD_END);
  if (end === -1) return { kind: bytes.length < MAX_HEAD_BYTES ? "more" : "final", bytes };
  if (status < "200") return readHead(bytes.subarray(end + HEAD_END.length));
  const head = bytes.toString("latin1", 0, end);
  if (!CHUNKED.test(head)) return { kind: "final", bytes };
  return {
    kind: "final",
    bytes: Buffer.concat([Buffer.from(head.replaceAll(LENGTH, ""), "latin1"), bytes.subarray(end)]),
  };
}
