import { execFile } from "node:child_process";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "..");

/** A tool, as `--tools` reads it. */
export const WEATHER = {
  name: "weather",
  description: "Get the current weather of a place.",
  parameters: {
    type: "object",
    properties: { location: { type: "string", description: "City, such as Florence" } },
    required: ["location"],
    additionalProperties: false,
  },
};

/** Runs `vitrine` with these words, in an environment that holds nothing else of this one but PATH and HOME. */
export function runCli(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((resolve, reject) => {
    const { PATH, HOME } = process.env;
    execFile(
      process.execPath,
      ["--import", "tsx", "cli/main.ts", ...words],
      { cwd: ROOT, env: { NODE_ENV: "production", PATH, HOME, ...environment }, maxBuffer: 64_000_000 },
      (error, out, err) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === "number") resolve({ code, out });
        else reject(new Error(`The command did not run: ${err}`));
      },
    );
  });
}
