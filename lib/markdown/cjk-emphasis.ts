/** Letters of languages that are written without spaces between words. */
const LETTER =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}ー々〆";
/** Their punctuation, the full-width forms and the quotes and dots that they share with others. */
const MARK = "\\u3001-\\u303f\\u30fb\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65";
const PUNCTUATION = "(?![*~])[\\p{P}\\p{S}]";
/** What opens and closes emphasis or a strikethrough. */
const RUN = "(?:\\*+|~~)";

const WORD = "[^\\s\\p{P}\\p{S}]";

// A run between two punctuation marks can open and close in any case.
const BEFORE_RUN = new RegExp(`[${MARK}](?=${RUN}${WORD})|${PUNCTUATION}(?=${RUN}[${LETTER}])`, "gu");
const AFTER_RUN = new RegExp(`(?<=${WORD}${RUN})[${MARK}]|(?<=[${LETTER}]${RUN})${PUNCTUATION}`, "gu");

const OPENS = new RegExp(`^${RUN}(?:[${MARK}]|(${PUNCTUATION}))`, "u");
const LAST_LETTER = new RegExp(`[${LETTER}${MARK}]$`, "u");

/**
 * Makes `**强调。**后` strong and strikes `~~删除。~~后` through. CommonMark takes a punctuation mark for the end of a word
 * and looks for a space on its other side, which these languages do not write; so a mark beside `*` or `~~` counts as a
 * letter where it is theirs, or where one of their letters stands on the other side. `_` stays as it is. Keeps the length.
 */
export function maskCjkMarks(source: string): string {
  if (!(source.includes("*") || source.includes("~~")) || !CJK.test(source)) return source;
  return source.replace(BEFORE_RUN, asLetters).replace(AFTER_RUN, asLetters);
}

function asLetters(found: string): string {
  return "a".repeat(found.length);
}

const CJK = new RegExp(`[${LETTER}${MARK}]`, "u");

/** Says whether a run of `*` or `~~` at the start of `source`, after the text `before`, opens by the same rule. */
export function opensBesideCjk(source: string, before: string): boolean {
  const match = OPENS.exec(source);
  return match !== null && (match[1] === undefined || LAST_LETTER.test(before));
}
