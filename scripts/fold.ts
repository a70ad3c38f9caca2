/** `npm run --silent fold -- FILE…`: recordings of provider traffic in, one line of JSON per exchange out. */
import { readFileSync } from "node:fs";

import { type FoldedExchange, foldExchange } from "./fold-exchange";
import { type Exchange, readRecording } from "./recording";

const EXIT_UNSTABLE = 1;
const EXIT_BAD_INPUT = 2;

function main(files: readonly string[]): number {
  if (files.length === 0) {
    console.error("Usage: npm run --silent fold -- FILE…   (go-vcr YAML recordings)");
    return EXIT_BAD_INPUT;
  }
  let code = 0;
  for (const file of files) code = Math.max(code, foldFile(file));
  return code;
}

function foldFile(file: string): number {
  const exchanges = read(file);
  if (exchanges === null) return EXIT_BAD_INPUT;
  const name = nameOf(file);
  const codes = exchanges.map((exchange) => {
    const folded = foldExchange(name, exchange);
    return report(folded, `${name} #${String(exchange.index)}`);
  });
  return Math.max(0, ...codes);
}

function report(folded: FoldedExchange, where: string): number {
  switch (folded.kind) {
    case "folded":
      console.log(folded.line);
      return 0;
    case "unsupported":
      console.error(`not supported yet: ${folded.dialect} (${where})`);
      return 0;
    case "unstable":
      console.error(`${where}: ${folded.message}`);
      return EXIT_UNSTABLE;
  }
}

function read(file: string): readonly Exchange[] | null {
  try {
    return readRecording(readFileSync(file, "utf8"));
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** The path below the folder of recordings, which begins at the suite's own folder. */
function nameOf(file: string): string {
  return /(?:^|\/)(Test[^/]*\/.*)$/.exec(file.replaceAll("\\", "/"))?.[1] ?? file;
}

process.exitCode = main(process.argv.slice(2));
