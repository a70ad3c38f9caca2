/** Overwrites secrets that are spelled with escapes, or over several JSON strings of a stream. Pure. */
import type { OnOverwrite, Redactor } from "./redact-bytes";

const FILLER = 0x2a; // *
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const COLON = 0x3a;
const PERCENT = 0x25;
const LOWER_U = 0x75;
const NOTHING = 0;

/** Longest escape that is held back until it is whole, such as `\\\\u0073`. */
const MAX_ESCAPE_BYTES = 16;
/** Strings of one field that a secret's next piece may follow: more than one, because choices and calls interleave. */
const MEMORY = 4;
/** Fields that are remembered at once. */
const MAX_FIELDS = 64;
/** Characters of a secret that may be seen before the rest is overwritten; never more than half of it. */
const MAX_SHOWN = 16;

/** Where one matched character lies, in bytes since the stream began, and those before it. */
type Trail = { readonly start: number; readonly end: number; readonly before: Trail | null };
/** How far a form was matched. `nibble`: 1 and 2 = the first and second digit of a percent escape comes next. */
type Match = {
  readonly form: string;
  readonly length: number;
  readonly nibble: 0 | 1 | 2;
  readonly trail: Trail | null;
};

/**
 * Reads a stream as JSON strings and nothing more: which field each belongs to, and its characters once escapes are
 * read. A secret may go on from one string of a field to the next, as text does over the events of a stream. Nothing
 * is held back but an escape that is not whole, so what was sent before a match was clear stays: at most half of the
 * secret and 16 characters. The rest is overwritten byte by byte; every length stays as it was.
 */
export function createLiteralRedactor(forms: readonly string[], onOverwrite?: OnOverwrite): Redactor {
  const starts = forms.map((form): Match => ({ form, length: 0, nibble: 0, trail: null }));
  const byFirst = new Map(starts.map(({ form }) => [form.charCodeAt(0), startsWith(form.charAt(0))]));
  byFirst.set(PERCENT, starts);
  function startsWith(first: string): readonly Match[] {
    return starts.filter(({ form }) => form.startsWith(first));
  }
  const isPlain = plainBytes(forms);
  const fields = new Map<number, readonly (readonly Match[])[]>();
  let held: Uint8Array = new Uint8Array();
  let offset = 0;
  let position: "outside" | "string" | "after" = "outside";
  let field = 0;
  let name = 0;
  let active: readonly Match[] = [];

  /** The string that just ended was a value: the next one of its field may go on with the secret. */
  const remember = () => {
    const earlier = fields.get(field);
    if (name === 0 || (active.length === 0 && earlier === undefined)) return;
    const ended = active.filter(({ nibble }) => nibble === 0);
    const kept = [ended, ...(earlier ?? [])].slice(0, MEMORY);
    fields.delete(field);
    if (kept.every(({ length }) => length === 0)) return;
    fields.set(field, kept);
    const [oldest] = fields.keys();
    if (fields.size > MAX_FIELDS && oldest !== undefined) fields.delete(oldest);
  };
  const take = (code: number, start: number, end: number, cover: (trail: Trail | null) => void) => {
    name = hashed(name, code);
    const begun = byFirst.get(code) ?? [];
    if (active.length === 0 && begun.length === 0) return;
    const next = [...active, ...begun].flatMap((match) => advance(match, code, start, end));
    for (const { form, length, trail } of next) if (length >= shownOf(form)) cover(trail);
    active = next.filter(({ form, length }) => length < form.length);
  };

  const read = (bytes: Uint8Array, isLast: boolean): Uint8Array => {
    const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let output: Uint8Array | null = null;
    const cover = (trail: Trail | null) => {
      output ??= new Uint8Array(bytes);
      for (let at = trail; at !== null && at.start >= offset; at = at.before) {
        output.fill(FILLER, at.start - offset, at.end - offset);
        onOverwrite?.(at.start, at.end);
      }
    };
    let at = 0;
    while (at < bytes.length) {
      if (position === "string" && active.length === 0) {
        for (; at < bytes.length && isPlain(bytes, at); at += 1) name = hashed(name, bytes[at] ?? NOTHING);
        if (at === bytes.length) break;
      }
      const byte = haystack[at] ?? NOTHING;
      if (position === "after" && !isSpace(byte)) {
        if (byte === COLON) field = name;
        else remember();
        position = "outside";
      }
      if (position !== "string") {
        if (byte === QUOTE) {
          position = "string";
          name = 0;
          active = (fields.get(field) ?? []).flat();
          at += 1;
          continue;
        }
        const next = position === "after" ? at + 1 : haystack.indexOf(QUOTE, at + 1);
        if (next === -1) break;
        at = next;
      } else if (byte === QUOTE) {
        position = "after";
        at += 1;
      } else if (byte === NEWLINE) {
        // No JSON string goes over a line's end: this was none.
        position = "outside";
        at += 1;
      } else if (byte === BACKSLASH) {
        const escape = readEscape(haystack, at);
        if (escape === null && !isLast && bytes.length - at < MAX_ESCAPE_BYTES) break;
        const { code, end } = escape ?? { code: BACKSLASH, end: at + 1 };
        take(code, offset + at, offset + end, cover);
        at = end;
      } else {
        take(byte, offset + at, offset + at + 1, cover);
        at += 1;
      }
    }
    const done = position === "string" ? Math.min(at, bytes.length) : bytes.length;
    held = bytes.subarray(done);
    offset += done;
    return (output ?? bytes).subarray(0, done);
  };

  return {
    push(chunk) {
      if (starts.length === 0) return chunk;
      return read(held.length === 0 ? chunk : Buffer.concat([held, chunk]), false);
    },
    flush: () => read(held, true),
  };
}

/** A field's name as a number, so that none is kept. */
function hashed(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code + 1) | 0;
}

/** Whether nothing begins or ends at a byte of a string. That is so for nearly all bytes, so this check is the first. */
function plainBytes(forms: readonly string[]): (bytes: Uint8Array, at: number) => boolean {
  const isSpecial = new Uint8Array(256);
  const mayFollow = new Uint8Array(256 * 256);
  for (const byte of [QUOTE, BACKSLASH, NEWLINE, PERCENT]) {
    isSpecial[byte] = 1;
    mayFollow.fill(1, byte << 8, (byte + 1) << 8);
  }
  for (const form of forms) {
    const first = form.charCodeAt(0) & 255;
    isSpecial[first] = 1;
    for (const second of [form.charCodeAt(1) & 255, QUOTE, BACKSLASH, PERCENT])
      mayFollow[(first << 8) | second] = 1;
  }
  return (bytes, at) => {
    const byte = bytes[at] ?? NOTHING;
    if (isSpecial[byte] === 0) return true;
    const next = bytes[at + 1];
    return next !== undefined && mayFollow[(byte << 8) | next] === 0;
  };
}

function shownOf(form: string): number {
  return Math.min(MAX_SHOWN, Math.floor(form.length / 2));
}

/** A match after one more character: none, one, or two where a `%` may be itself or begin an escape. */
function advance(match: Match, code: number, start: number, end: number): readonly Match[] {
  const { form, length, nibble } = match;
  const trail = { start, end, before: match.trail };
  const expected = form.charCodeAt(length);
  const step = (more: Partial<Match>): Match => ({ form, length, nibble: 0, trail, ...more });
  if (nibble === 1) return hexDigit(code) === expected >> 4 ? [step({ nibble: 2 })] : [];
  if (nibble === 2) return hexDigit(code) === (expected & 15) ? [step({ length: length + 1 })] : [];
  const plain = code === expected ? [step({ length: length + 1 })] : [];
  return code === PERCENT ? [...plain, step({ nibble: 1 })] : plain;
}

function hexDigit(code: number): number {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? -1 : value;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
}

/**
 * The character of an escape in a JSON string, also of one inside another, whose backslashes are escaped themselves.
 * null while its end has not come.
 */
function readEscape(bytes: Uint8Array, at: number): { readonly code: number; readonly end: number } | null {
  let end = at;
  while (bytes[end] === BACKSLASH) end += 1;
  const escaped = bytes[end];
  if (escaped === undefined) return null;
  if (escaped === LOWER_U) {
    if (end + 5 > bytes.length) return null;
    const digits = Buffer.from(bytes.subarray(end + 1, end + 5)).toString("latin1");
    if (/^[\da-f]{4}$/i.test(digits)) return { code: Number.parseInt(digits, 16), end: end + 5 };
  }
  const isEven = (end - at) % 2 === 0;
  // An even run of backslashes is some backslashes, and what follows it stands for itself.
  if (isEven) return { code: BACKSLASH, end };
  return {
    code: escaped === QUOTE || escaped === 0x2f ? escaped : end - at > 1 ? BACKSLASH : NOTHING,
    end: end + 1,
  };
}
