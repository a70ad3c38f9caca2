/** The ways in which a person may write a tool's code, as one module, and as a script that only compiles. Pure. */

const EXPORTS = /^[ \t]*export\b/mu;
const DEFAULT = /^([ \t]*)export[ \t]+default\b/mu;
/** `async (args) =>`, `(args, ctx) =>`, `args =>`, `function name(`: a function and nothing else. */
const FUNCTION = /^\s*(?:async\b|function\b|\([^()]*\)\s*=>|[\w$]+\s*=>)/u;

/** An ES module whose default export is the code's function. Lines keep their numbers. */
export function asModule(code: string): string {
  if (EXPORTS.test(code)) return code;
  if (isFunction(code)) return `export default ${code}`;
  return `export default async (args, ctx) => {${code}\n};`;
}

/**
 * A script that says "compiled" and runs nothing of the code: a browser tells where the errors of a script are, and not
 * those of a module. Lines keep their numbers, and columns of all lines but the first.
 */
export function asScript(code: string): string {
  const body = isFunction(code) ? `return ${code}` : withoutExports(code);
  return `postMessage("compiled");(async function (args, ctx) {"use strict";${body}\n});`;
}

/** How many columns `asScript` adds before the first line. */
export function scriptIndent(code: string): number {
  const script = asScript(code);
  return script.indexOf(isFunction(code) ? code : withoutExports(code));
}

function isFunction(code: string): boolean {
  return !EXPORTS.test(code) && FUNCTION.test(code) && !/^\s*async\s*\n/u.test(code);
}

/** Exports stand in no function. What takes their place is as long as they are. */
function withoutExports(code: string): string {
  return code
    .replace(DEFAULT, (all: string, indent: string) => `${indent}$default$`.padEnd(all.length - 1) + "=")
    .replaceAll(/^([ \t]*)export(?=[ \t]+(?:const|let|var|function|class|async)\b)/gmu, "$1      ");
}
