import "server-only";
import type { Socket } from "node:net";

/** A head that is longer is left to the parser, which has a limit of its own. */
const MAX_HEAD_BYTES = 16 * 1024;
const HEAD_END = "\r\n\r\n";

/**
 * Takes the length out of each response head on a socket that also says `Transfer-Encoding: chunked`, before undici
 * reads it. The chunks say where such a body ends (RFC 9112, 6.3), and undici would throw the whole answer away.
 */
export function keepOneLength(socket: Socket): void {
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
      const bytes = held.length === 0 ? piece : Buffer.concat([held, piece]);
      const end = bytes.indexOf(HEAD_END);
      if (end === -1 && bytes.length < MAX_HEAD_BYTES && isHttp(bytes)) {
        held = bytes;
        return null;
      }
      held = Buffer.alloc(0);
      const head = end === -1 ? "" : bytes.toString("latin1", 0, end);
      // An interim response is followed by another head.
      isHeadAwaited = /^HTTP\/1\.\d 1\d\d/.test(head);
      return hasTwoLengths(head) ? withoutLength(head, bytes.subarray(end)) : bytes;
    },
  });
}

function isHttp(bytes: Buffer): boolean {
  const start = bytes.toString("latin1", 0, "HTTP/1.".length);
  return "HTTP/1.".startsWith(start);
}

function hasTwoLengths(head: string): boolean {
  return /\r\ntransfer-encoding:[^\r\n]*chunked/i.test(head) && LENGTH.test(head);
}

const LENGTH = /\r\ncontent-length:[^\r\n]*/i;

function withoutLength(head: string, rest: Buffer): Buffer {
  return Buffer.concat([Buffer.from(head.replaceAll(new RegExp(LENGTH, "gi"), ""), "latin1"), rest]);
}
