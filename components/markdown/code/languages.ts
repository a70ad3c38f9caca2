/** Grammars, and the words after a fence that mean each. */
const WORDS = {
  typescript: ["ts", "typescript", "js", "javascript", "mjs", "cjs", "node"],
  tsx: ["tsx", "jsx", "react"],
  python: ["py", "python", "python3"],
  json: ["json", "jsonc", "json5", "jsonl"],
  shellscript: ["sh", "bash", "shell", "zsh", "console", "terminal"],
  html: ["html", "xhtml"],
  css: ["css", "scss", "less"],
  sql: ["sql", "postgres", "postgresql", "mysql", "sqlite"],
  rust: ["rust", "rs"],
  go: ["go", "golang"],
  java: ["java"],
  kotlin: ["kotlin", "kt"],
  swift: ["swift"],
  c: ["c", "h"],
  cpp: ["cpp", "c++", "cc", "hpp", "cxx"],
  csharp: ["csharp", "cs", "c#"],
  php: ["php"],
  ruby: ["ruby", "rb"],
  lua: ["lua"],
  r: ["r"],
  yaml: ["yaml", "yml"],
  toml: ["toml"],
  ini: ["ini", "properties", "conf"],
  xml: ["xml", "svg"],
  markdown: ["md", "markdown", "mdx"],
  diff: ["diff", "patch"],
  docker: ["dockerfile", "docker"],
  make: ["make", "makefile"],
  powershell: ["powershell", "ps1"],
  latex: ["tex", "latex"],
} as const;

const GRAMMARS: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS).flatMap(([grammar, words]) => words.map((word) => [word, grammar] as const)),
);

/** The grammar for the word after a code fence, or null when there is none. */
export function grammarOf(language: string): string | null {
  return GRAMMARS.get(language.toLowerCase()) ?? null;
}
