/** `npm run --silent vitrine -- COMMAND`: Vitrine on the command line. */
import { convertCommand } from "./convert-command";
import { foldCommand } from "./fold-command";
import type { Output } from "./print-turn";
import { replayCommand } from "./replay-command";
import { runCommand } from "./run-command";
import { EXIT, type ExitCode, USAGE } from "./usage";
import { verifyCommand } from "./verify/verify-command";

const output: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isColored: process.stdout.isTTY && process.env["NO_COLOR"] === undefined,
};

async function main([command = "", ...words]: readonly string[]): Promise<ExitCode> {
  switch (command) {
    case "run":
      return runCommand(words, output);
    case "replay":
      return replayCommand(words, output);
    case "convert":
      return convertCommand(words, output);
    case "verify":
      return verifyCommand(words, output);
    case "fold":
      return foldCommand(words);
    case "help":
    case "--help":
      output.out(`${USAGE}\n`);
      return EXIT.done;
    default:
      output.err(
        `${command === "" ? "Name a command." : `There is no command "${command}".`}\nFor all options: npm run --silent vitrine -- help\n`,
      );
      return EXIT.usage;
  }
}

process.exitCode = await main(process.argv.slice(2));
