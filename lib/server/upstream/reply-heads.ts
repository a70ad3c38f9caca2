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

/** Thrown into a call whose reply has a head that means nothing. */
export class BadHeadError extends Error {
  readonly code = "BAD_HEAD";
}

/** Thrown into a call whose reply ended inside its head. */
export class CutHeadError extends Error {
  readonly code = "CUT_HEAD";
}

/** Thrown into a call whose reply was reset inside its head. */
export class ResetHeadError extends Error {
  readonly code = "RESET_HEAD";
}

const STATUS_LINE = /^HTTP\/1\.\d (\d{3})(?![^\s])/;
/** As long as the longest beginning of a status line that `STATUS_LINE` needs. */
const ENOUGH = "HTTP/1.1 200 ".length;
const BEGINNING = "HTTP/1.";
/** A head that is longer is left to the parser, which has a limit of its own. */
const MAX_HEAD_BYTES = 16 * 1024;
const HEAD_END = "\r\n\r\n";
const CHUNKED = /\r\ntransfer-encoding:[^\r\n]*chunked/i;
const LENGTH = /\r\ncontent-length:[^\r\n]*/gi;

/**
 * Reads the head of each reply on a socket before undici does, which is strict where servers are not:
 * - Interim replies, such as `100 Continue`, are skipped: undici takes one that nobody asked for as an error.
 * - A status that no answer can have ends the call with a `BadStatusError`: on some, undici trips over its own checks.
 * - A length that is declared twice is declared once: undici would read "9" and "9" as 99. Two different ones end the
 *   call with a `BadHeadError`, an end inside the head with a `CutHeadError`, a reset there with a `ResetHeadError`.
 * - A length beside `Transfer-Encoding: chunked` is taken out: the chunks say where such a body ends (RFC 9112, 6.3),
 *   and undici would throw the whole answer away.
 */
export function tidyReplyHeads(socket: Socket): void {
  const read = socket.read.bind(socket);
  const write = socket.write.bind(socket);
  const destroy = socket.destroy.bind(socket);
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
      socket.destroy(found.error);
      return null;
    },
    destroy(error?: Error): Socket {
      return destroy(isHeadBegun(held) && isReset(error) ? new ResetHeadError(error.message) : error);
    },
  });
  socket.once("end", () => {
    if (isHeadBegun(held)) socket.destroy(new CutHeadError("Its head is not complete."));
  });
}

/** Whether what is held of a reply is certainly HTTP. */
function isHeadBegun(held: Buffer): boolean {
  return held.length >= BEGINNING.length;
}

function isReset(error: (Error & { readonly code?: unknown }) | undefined): error is Error {
  return error?.code === "ECONNRESET" || error?.code === "EPIPE";
}

type Head =
  /** `bytes` are for the parser, as they are: the head of an answer, or no HTTP at all. */
  | { readonly kind: "final"; readonly bytes: Buffer }
  /** `bytes` are not enough to decide. */
  | { readonly kind: "more"; readonly bytes: Buffer }
  | { readonly kind: "bad"; readonly error: Error };

function readHead(bytes: Buffer): Head {
  const start = bytes.toString("latin1", 0, ENOUGH);
  const status = STATUS_LINE.exec(start)?.[1];
  if (status === undefined) {
    const mayBecomeHttp =
      start.length < ENOUGH &&
      BEGINNING.startsWith(start.slice(0, BEGINNING.length)) &&
      !start.includes("\n");
    return { kind: mayBecomeHttp ? "more" : "final", bytes };
  }
  if (status < "100" || status === "101" || status > "599")
    return { kind: "bad", error: new BadStatusError(status) };
  const end = bytes.indexOf(HEAD_END);
  if (end === -1) return { kind: bytes.length < MAX_HEAD_BYTES ? "more" : "final", bytes };
  if (status < "200") return readHead(bytes.subarray(end + HEAD_END.length));
  const head = bytes.toString("latin1", 0, end);
  const lengths = [...head.matchAll(LENGTH)].map(([line]) => line.slice(line.indexOf(":") + 1).trim());
  const isChunked = CHUNKED.test(head);
  if (!isChunked && lengths.length < 2) return { kind: "final", bytes };
  if (!isChunked && new Set(lengths).size > 1)
    return { kind: "bad", error: new BadHeadError("It declares two different lengths.") };
  const once = isChunked ? "" : `\r\nContent-Length: ${lengths[0] ?? ""}`;
  const tidy = `${head.replaceAll(LENGTH, "")}${once}`;
  return { kind: "final", bytes: Buffer.concat([Buffer.from(tidy, "latin1"), bytes.subarray(end)]) };
}
