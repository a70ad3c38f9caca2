/** Tells whether a tool's code can be read, before any of it runs. */
import { asScript, scriptIndent } from "./code-forms";
import { openFrame } from "./sandbox-frame";

export type CheckedCode =
  | { readonly ok: true }
  /** `line` and `column` count from 1; null where the browser did not tell. */
  | {
      readonly ok: false;
      readonly message: string;
      readonly line: number | null;
      readonly column: number | null;
    };

/** A sandbox that does not answer says nothing about the code. */
const LIMIT_MS = 10_000;

/** Compiles the code in the sandbox and runs none of it. Never rejects. */
export function checkCode(code: string): Promise<CheckedCode> {
  return new Promise((resolve) => {
    const done = (checked: CheckedCode) => {
      clearTimeout(timer);
      frame.remove();
      resolve(checked);
    };
    const timer = setTimeout(() => done({ ok: true }), LIMIT_MS);
    const frame = openFrame({ kind: "check", script: asScript(code) }, (message) => {
      if (message.type === "compiled" || message.type === "gone") done({ ok: true });
      if (message.type === "broken") done(problemOf(message, code));
    });
  });
}

type Broken = { readonly message: string; readonly line: number | null; readonly column: number | null };

function problemOf({ message, line, column }: Broken, code: string): CheckedCode {
  const words = /^(?:Uncaught )?SyntaxError: (.*)$/su.exec(message)?.[1] ?? null;
  // Only a module may have these, and it is a script that was compiled.
  if (words === null || /import\.meta|Unexpected token 'export'/u.test(words)) return { ok: true };
  const lines = code.split("\n").length;
  // The error is in what stands around the code.
  const isOpen = line !== null && line > lines;
  const isImport = /import statement|import declarations/u.test(words);
  return {
    ok: false,
    message: isImport
      ? "The sandbox has no network: nothing can be imported"
      : isOpen
        ? "The code ends before it is complete"
        : words,
    // What is missing at the end is missing in the last line.
    line: line === null ? null : Math.min(line, lines),
    column:
      column === null
        ? null
        : line === 1
          ? Math.max(1, column - scriptIndent(code))
          : line === null || line > lines
            ? null
            : column,
  };
}
