/** Decodes one stream of UTF-8. A BOM at its start is stripped; bytes that are not UTF-8 become U+FFFD. */
export type Utf8Reader = {
  readonly push: (bytes: Uint8Array) => string;
  /** What is left of a character that was cut off. */
  readonly end: () => string;
  /** Whether bytes had to be replaced so far. A U+FFFD that the sender wrote is a character like any other. */
  readonly isBroken: () => boolean;
};

/** The warning about replaced bytes. */
export const INVALID_UTF8 = "The reply contains bytes that are not valid UTF-8. They are shown as U+FFFD.";

const REPLACEMENT = "\uFFFD";
/** U+FFFD as a sender writes it. */
const WRITTEN = [0xef, 0xbf, 0xbd] as const;

export function openUtf8(): Utf8Reader {
  const decoder = new TextDecoder();
  let lastBytes = new Uint8Array();
  let isBroken = false;

  return {
    push: (bytes) => {
      const text = decoder.decode(bytes, { stream: true });
      if (!isBroken && text.includes(REPLACEMENT)) {
        // A written U+FFFD may have begun in the read before.
        const written = countWritten(new Uint8Array([...lastBytes, ...bytes]));
        isBroken = text.split(REPLACEMENT).length - 1 > written;
      }
      lastBytes = new Uint8Array([...lastBytes, ...bytes.subarray(-2)].slice(-2));
      return text;
    },
    end: () => {
      const text = decoder.decode();
      isBroken ||= text.includes(REPLACEMENT);
      return text;
    },
    isBroken: () => isBroken,
  };
}

function countWritten(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(WRITTEN[0]); at !== -1; at = bytes.indexOf(WRITTEN[0], at + 1))
    if (bytes[at + 1] === WRITTEN[1] && bytes[at + 2] === WRITTEN[2]) count += 1;
  return count;
}
