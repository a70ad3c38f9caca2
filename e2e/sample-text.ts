/** Text as models write it, from a seed: the same seed always gives the same text. */

/** What the last token holds, so that a page can be asked whether it has drawn it. */
export const END_MARK = "STREAMEND";

/** Characters of one token. */
export const TOKEN_CHARS = 4;

const WORDS =
  "a lamp stands beside the open window and throws long light over paper while someone counts what the stream has brought so far each line keeps its place until the last one comes".split(
    " ",
  );
const NAMES = "lane turn step part event frame token reader wire session tape figure".split(" ");

type Random = () => number;

/** Markdown of `tokens` tokens: headings, lists, tables, quotes, code in four languages, formulas. About a third is code. */
export function sampleMarkdown(tokens: number, seed: number): string {
  const random = randomFrom(seed);
  const length = tokens * TOKEN_CHARS - END_MARK.length - 2;
  let text = "";
  for (let section = 1; text.length < length; section += 1) text += sectionOf(section, random);
  const whole = text.slice(0, length);
  const isInFence = (whole.match(/^```/gm)?.length ?? 0) % 2 === 1;
  return isInFence ? `${whole.slice(0, -5)}\n\`\`\`\n\n\n${END_MARK}` : `${whole}\n\n${END_MARK}`;
}

/** Plain sentences, as thoughts are. */
export function sampleThought(tokens: number, seed: number): string {
  const random = randomFrom(seed);
  let text = "";
  while (text.length < tokens * TOKEN_CHARS) text += `${sentence(random)} ${random() < 0.2 ? "\n\n" : ""}`;
  return text.slice(0, tokens * TOKEN_CHARS);
}

/** JSON arguments of about `bytes` bytes: one object of short and long values. */
export function sampleArguments(bytes: number, seed: number): string {
  const random = randomFrom(seed);
  const rows: object[] = [];
  for (let size = 0; size < bytes; size += 190)
    rows.push({
      name: word(random),
      count: Math.floor(random() * 1e6),
      note: sentence(random),
      tags: NAMES.slice(0, 4),
    });
  return JSON.stringify({ rows, last: END_MARK });
}

/** The text cut into tokens. */
export function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; at += TOKEN_CHARS) tokens.push(text.slice(at, at + TOKEN_CHARS));
  return tokens;
}

function sectionOf(index: number, random: Random): string {
  const blocks = [list, code, paragraph, table, formula, code, quote, list, code, paragraph];
  const block = blocks[index % blocks.length] ?? paragraph;
  return `## ${index}. ${sentence(random)}\n\n${paragraph(random)}\n${block(random)}\n${paragraph(random)}\n`;
}

function paragraph(random: Random): string {
  return `${sentence(random)} **${word(random)} ${word(random)}** ${sentence(random)} \`${name(random)}()\` and *${word(random)}*, see [${word(random)}](https://example.org/${name(random)}). Cost is $O(n \\log n_{${digit(random)}})$ here. ${sentence(random)}\n`;
}

function list(random: Random): string {
  const item = (depth: number) => `${"  ".repeat(depth)}- **${word(random)}**: ${sentence(random)}\n`;
  return [0, 0, 1, 1, 2, 0, 1, 0].map(item).join("");
}

function table(random: Random): string {
  const rows = Array.from(
    { length: 6 },
    () => `| ${name(random)} | ${digit(random)} | ${sentence(random)} |`,
  );
  return `| name | count | note |\n| --- | ---: | :--- |\n${rows.join("\n")}\n`;
}

function quote(random: Random): string {
  return `> ${sentence(random)}\n> ${sentence(random)}\n`;
}

function formula(random: Random): string {
  return `$$\nr_{${digit(random)}} = \\frac{n - 1}{t_n - t_1} + \\sum_{i=1}^{${digit(random)}} \\sqrt{x_i}\n$$\n`;
}

function code(random: Random): string {
  const language = pick(Object.keys(LINES), random);
  const line = LINES[language] ?? paragraph;
  const lines = Array.from({ length: 40 + Math.floor(random() * 60) }, () => line(random));
  return `\`\`\`${language}\n${lines.join("\n")}\n\`\`\`\n`;
}

const LINES: Readonly<Record<string, (random: Random) => string>> = {
  typescript: (random) =>
    `  const ${name(random)} = ${name(random)}.${name(random)}("${word(random)}", ${digit(random)}); // ${word(random)} ${word(random)}`,
  python: (random) =>
    `    ${name(random)} = [${name(random)} for ${name(random)} in range(${digit(random)}) if ${name(random)} % 7 == 0]`,
  json: (random) =>
    `  "${name(random)}": { "${word(random)}": ${digit(random)}, "${word(random)}": [true, null] },`,
  bash: (random) =>
    `for f in *.${word(random)}; do echo "$f" | grep -v '${name(random)}' >> ${name(random)}.txt; done`,
};

function sentence(random: Random): string {
  const words = Array.from({ length: 5 + Math.floor(random() * 9) }, () => word(random));
  return `${words.join(" ")}.`;
}

function word(random: Random): string {
  return pick(WORDS, random);
}

function name(random: Random): string {
  return `${pick(NAMES, random)}${pick(NAMES, random).replace(/^./, (first) => first.toUpperCase())}`;
}

function digit(random: Random): number {
  return 1 + Math.floor(random() * 99);
}

function pick(values: readonly string[], random: Random): string {
  return values[Math.floor(random() * values.length)] ?? "";
}

/** A small linear congruential generator: numbers from 0 up to 1. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
