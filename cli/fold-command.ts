/** `vitrine fold FILE…`: recordings of provider traffic in, one line of JSON per exchange out. */
import { readFileSync } from "node:fs";

import { type FoldedExchange, foldExchange } from "./fold-exchange";
import { type RecordedExchange, readRecording } from "./recording";
import { EXIT, type ExitCode } from "./usage";

/** Folds files and returns the exit code: a file that cannot be read is not measured, two answers for one are a failure. */
export function foldCommand(files: readonly string[], fold = foldExchange): ExitCode {
  if (files.length === 0) {
    console.error(
      "Usage: npm run --silent fold -- FILE…   (recordings: go-vcr YAML, HAR, .sse, aimock, OpenAI JSONL)",
    );
    return EXIT.usage;
  }
  return worst(files.map((file) => foldFile(file, fold)));
}

function foldFile(file: string, fold: typeof foldExchange): ExitCode {
  const exchanges = read(file);
  if (exchanges === null) return EXIT.notMeasured;
  const name = nameOf(file);
  return worst(
    exchanges.map((exchange) => {
      const folded = fold(name, exchange);
      return report(folded, `${name} #${String(exchange.index)}`);
    }),
  );
}

function worst(codes: readonly ExitCode[]): ExitCode {
  if (codes.includes(EXIT.notMeasured)) return EXIT.notMeasured;
  return codes.includes(EXIT.failed) ? EXIT.failed : EXIT.done;
}

function report(folded: FoldedExchange, where: string): ExitCode {
  switch (folded.kind) {
    case "folded":
      console.log(folded.line);
      return EXIT.done;
    case "unsupported":
      console.error(`not supported yet: ${folded.dialect} (${where})`);
      return EXIT.done;
    case "unstable":
      console.error(`${where}: ${folded.message}`);
      return EXIT.failed;
  }
}

function read(file: string): readonly RecordedExchange[] | null {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(readFileSync(file));
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
  const recording = readRecording(file, bytes);
  if (recording.ok) return recording.exchanges;
  console.error(`${file}: ${recording.reason}`);
  return null;
}

/** The path below the folder of recordings, which begins at the suite's own folder. */
function nameOf(file: string): string {
  return /(?:^|\/)(Test[^/]*\/.*)$/.exec(file.replaceAll("\\", "/"))?.[1] ?? file;
}
