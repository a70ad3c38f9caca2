/** `vitrine convert IN OUT`: a recording in another format, by the endings of the files. */
import type { Output } from "./print-turn";
import { writeWhole } from "./record-run";
import { ENDINGS, openRecording, writerFor } from "./recording-file";
import { EXIT, type ExitCode } from "./usage";

/** Runs the command and returns its exit code. What the format of OUT cannot hold is written to standard error. */
export function convertCommand(words: readonly string[], output: Output): ExitCode {
  const [from, to, other] = words;
  const option = words.find((word) => word.startsWith("-"));
  if (from === undefined || to === undefined || other !== undefined || option !== undefined) {
    const why =
      option === undefined ? "Name two files: vitrine convert IN OUT." : `There is no option ${option}.`;
    output.err(`${why}\nFor all options: npm run --silent vitrine -- help\n`);
    return EXIT.usage;
  }
  const write = writerFor(to);
  if (write === null) {
    output.err(`${to}: Vitrine writes files that end in ${ENDINGS.join(", ")}.\n`);
    return EXIT.usage;
  }
  const opened = openRecording(from);
  if (!opened.ok) {
    output.err(`${from}: ${opened.reason}\n`);
    return EXIT.notMeasured;
  }
  const written = write(opened);
  const problem = writeWhole(to, () => written.texts);
  if (problem !== null) {
    output.err(`${to}: it could not be written (${problem}).\n`);
    return EXIT.failed;
  }
  for (const note of [...opened.notes, ...written.losses]) output.err(`note: ${note}\n`);
  return EXIT.done;
}
