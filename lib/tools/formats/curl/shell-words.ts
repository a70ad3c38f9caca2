/** A line goes on after one of these at its end. Pages and chats add spaces after it, which no shell would forgive. */
const GOES_ON = /[\\^`][ \t]*\r?\n/y;
/** What a command reads is in the lines after it, up to a line with this word. */
const HERE = /<<-?[ \t]*(['"]?)([\w.-]+)\1/y;

/**
 * The words of each command in a text for a shell, quotes and line ends taken as the shell takes them. `@-`, as curl names
 * what it reads, becomes the lines that are given with the command. Never throws.
 */
export function shellCommands(written: string): readonly (readonly string[])[] {
  const text = isForCmd(written) ? withoutCarets(written) : written;
  let here: string | null = null;
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | null = null;
  const endWord = () => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  const add = (more: string) => {
    word = (word ?? "") + more;
  };
  for (let at = 0; at < text.length;) {
    const char = text.charAt(at);
    const two = text.slice(at, at + 2);
    const goesOn = matchAt(GOES_ON, text, at);
    const reads = word === null ? matchAt(HERE, text, at) : null;
    if (goesOn !== null) at += goesOn[0].length;
    else if (reads !== null) {
      here = reads[2] ?? null;
      at += reads[0].length;
    } else if (char === "\n" && here !== null) {
      endWord();
      const lines = linesUntil(here, text, at + 1);
      words = words.map((each) => (each === "@-" ? lines.text : each));
      endCommand();
      here = null;
      at = lines.end;
    } else if (char === "'") at = quoted(text, at + 1, add);
    else if (two === "$'") at = ansiQuoted(text, at + 2, add);
    else if (char === '"') at = doubleQuoted(text, at + 1, add);
    else if (char === "\\") {
      add(text.charAt(at + 1));
      at += 2;
    } else if (/[\n;|]/.test(char) || two === "&&") {
      endCommand();
      at += two === "&&" ? 2 : 1;
    } else if (/\s/.test(char)) {
      endWord();
      at += 1;
    } else if (char === "#" && word === null) {
      const end = text.indexOf("\n", at);
      at = end === -1 ? text.length : end;
    } else {
      add(char);
      at += 1;
    }
  }
  endCommand();
  return commands;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The lines before the one that is this word, and where that one ends; all that is left where there is none. */
function linesUntil(
  word: string,
  text: string,
  from: number,
): { readonly text: string; readonly end: number } {
  for (let at = from; at < text.length;) {
    const newline = text.indexOf("\n", at);
    const end = newline === -1 ? text.length : newline;
    if (text.slice(at, end).trim() === word) return { text: text.slice(from, Math.max(from, at - 1)), end };
    at = end + 1;
  }
  return { text: text.slice(from), end: text.length };
}

/** Browsers copy a command for cmd.exe with a caret before each quote; no other shell has a word that begins so. */
function isForCmd(text: string): boolean {
  return /^[^'"]*\s\^"/.test(text);
}

/** What cmd.exe makes of carets: each keeps the character after it as it is, and a line goes on after one at its end. */
function withoutCarets(text: string): string {
  return text.replace(/\^(?:\r?\n(\r?\n)?|([^]))/g, (_all, newline?: string, kept?: string) =>
    newline === undefined ? (kept ?? "") : "\n",
  );
}

function quoted(text: string, from: number, add: (more: string) => void): number {
  const end = text.indexOf("'", from);
  add(text.slice(from, end === -1 ? text.length : end));
  return end === -1 ? text.length : end + 1;
}

function doubleQuoted(text: string, from: number, add: (more: string) => void): number {
  let at = from;
  const out: string[] = [];
  while (at < text.length && text.charAt(at) !== '"') {
    const next = text.charAt(at + 1);
    if (text.charAt(at) === "\\" && next === "\n") at += 2;
    else if (text.charAt(at) === "\\" && /["\\$`]/.test(next)) {
      out.push(next);
      at += 2;
    } else {
      out.push(text.charAt(at));
      at += 1;
    }
  }
  add(out.join(""));
  return at + 1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0" };

/** `$'…'`, as browsers copy a body with a quote in it. */
function ansiQuoted(text: string, from: number, add: (more: string) => void): number {
  let at = from;
  const out: string[] = [];
  while (at < text.length && text.charAt(at) !== "'") {
    if (text.charAt(at) !== "\\") {
      out.push(text.charAt(at));
      at += 1;
      continue;
    }
    const code = /^\\(?:u([\dA-Fa-f]{4})|x([\dA-Fa-f]{2}))/.exec(text.slice(at, at + 6));
    const digits = code?.[1] ?? code?.[2];
    const next = text.charAt(at + 1);
    out.push(
      digits === undefined ? (ESCAPES[next] ?? next) : String.fromCharCode(Number.parseInt(digits, 16)),
    );
    at += digits === undefined ? 2 : 2 + digits.length;
  }
  add(out.join(""));
  return at + 1;
}
