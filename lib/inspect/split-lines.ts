const LF = 10;
const CR = 13;

/** Cuts bytes into lines. */
export type LineSplitter = {
  /** The lines that these bytes complete, with their line ends. */
  readonly push: (bytes: Uint8Array) => readonly Uint8Array[];
  /** A last line without an end; null where the bytes ended with a line end. */
  readonly end: () => Uint8Array | null;
};

/** Lines end with LF, CRLF or CR. A CR at the end of a read is held: an LF may follow it. */
export function openLineSplitter(): LineSplitter {
  let held: Uint8Array[] = [];
  let endsInCr = false;

  const take = (rest: Uint8Array): Uint8Array => {
    const line = held.length === 0 ? rest : joinBytes([...held, rest]);
    held = [];
    return line;
  };
  return {
    push: (bytes) => {
      const lines: Uint8Array[] = [];
      let from = 0;
      if (endsInCr && bytes.length > 0) {
        from = bytes[0] === LF ? 1 : 0;
        lines.push(take(bytes.subarray(0, from)));
        endsInCr = false;
      }
      for (let at = from; at < bytes.length; at += 1) {
        if (bytes[at] !== LF && bytes[at] !== CR) continue;
        if (bytes[at] === CR) {
          if (at + 1 === bytes.length) {
            endsInCr = true;
            break;
          }
          if (bytes[at + 1] === LF) at += 1;
        }
        lines.push(take(bytes.subarray(from, at + 1)));
        from = at + 1;
      }
      if (from < bytes.length) held.push(bytes.subarray(from));
      return lines;
    },
    end: () => {
      endsInCr = false;
      const rest = take(new Uint8Array(0));
      return rest.length === 0 ? null : rest;
    },
  };
}

/** These bytes in one. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
