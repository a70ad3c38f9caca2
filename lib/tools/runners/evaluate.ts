/** Arithmetic from text, without evaluating code. Pure. */
import type { ToolRunResult } from "./runner";

const LONGEST = 1_000;
const DEEPEST = 100;
const FUNCTIONS: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  cos: Math.cos,
  exp: Math.exp,
  floor: Math.floor,
  ln: Math.log,
  log: Math.log10,
  round: Math.round,
  sin: Math.sin,
  sqrt: Math.sqrt,
  tan: Math.tan,
};
const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };
const TOKEN = /\s*(?:(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([a-z]+)|(\*\*|[-+*/%^()]))/iuy;

type Token = { readonly text: string; readonly at: number; readonly kind: "number" | "name" | "sign" };

/** A value being read: null once something is wrong. */
type Reading = {
  readonly peek: () => string;
  readonly take: () => Token | null;
  readonly fail: (message: string) => null;
  depth: number;
};

/** The value of an expression as text, or what is wrong with it and where. */
export function evaluate(expression: string): ToolRunResult {
  if (expression.length > LONGEST)
    return refuse(`The expression has ${expression.length} characters; ${LONGEST} are read.`);
  const read = tokensOf(expression);
  if (!read.ok) return read;
  let index = 0;
  let problem: string | null = null;
  const reading: Reading = {
    depth: 0,
    peek: () => read.tokens[index]?.text ?? "",
    take: () => read.tokens[index++] ?? null,
    fail: (message) => {
      problem ??= message;
      return null;
    },
  };
  const value = readSum(reading);
  const rest = read.tokens[index];
  if (problem === null && rest !== undefined)
    problem = `Unexpected "${rest.text}" at character ${rest.at + 1}.`;
  if (problem !== null || value === null) return refuse(problem ?? "The expression is empty.");
  if (!Number.isFinite(value)) return refuse("The result is not a finite number.");
  return { ok: true, output: String(rounded(value)) };
}

/** People expect 0.1 + 0.2 to be 0.3; a double holds only 15 digits exactly. */
export function rounded(value: number): number {
  return Number.isSafeInteger(value) ? value : Number(value.toPrecision(15));
}

function tokensOf(
  expression: string,
):
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly message: string } {
  const tokens: Token[] = [];
  const text = expression.replaceAll("×", "*").replaceAll("÷", "/").replaceAll("−", "-").trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null)
      return refuse(`Unexpected "${text.slice(at).trim().slice(0, 1)}" at character ${at + 1}.`);
    const [, number, name, sign = ""] = found;
    if (number !== undefined) tokens.push({ text: number, at, kind: "number" });
    else if (name !== undefined) tokens.push({ text: name.toLowerCase(), at, kind: "name" });
    else tokens.push({ text: sign, at, kind: "sign" });
  }
  return { ok: true, tokens };
}

function readSum(reading: Reading): number | null {
  let value = readProduct(reading);
  while (value !== null && (reading.peek() === "+" || reading.peek() === "-")) {
    const sign = reading.take()?.text;
    const next = readProduct(reading);
    value = next === null ? null : sign === "+" ? value + next : value - next;
  }
  return value;
}

function readProduct(reading: Reading): number | null {
  let value = readSigned(reading);
  while (value !== null && ["*", "/", "%"].includes(reading.peek())) {
    const sign = reading.take()?.text;
    const next = readSigned(reading);
    if (next === null) return null;
    if (sign !== "*" && next === 0) return reading.fail("Division by zero.");
    value = sign === "*" ? value * next : sign === "/" ? value / next : value % next;
  }
  return value;
}

/** A sign binds less than a power: -2^2 is -4. */
function readSigned(reading: Reading): number | null {
  const sign = reading.peek();
  if (sign !== "-" && sign !== "+") return readPower(reading);
  reading.take();
  const value = within(reading, readSigned);
  return value === null ? null : sign === "-" ? -value : value;
}

function readPower(reading: Reading): number | null {
  const base = readValue(reading);
  if (base === null || (reading.peek() !== "^" && reading.peek() !== "**")) return base;
  reading.take();
  const exponent = within(reading, readSigned);
  return exponent === null ? null : base ** exponent;
}

function readValue(reading: Reading): number | null {
  const token = reading.take();
  if (token === null) return reading.fail("The expression ends too early.");
  if (token.kind === "number") return Number(token.text);
  if (token.kind === "name") {
    const constant = Object.hasOwn(CONSTANTS, token.text) ? CONSTANTS[token.text] : undefined;
    if (constant !== undefined) return constant;
    const call = Object.hasOwn(FUNCTIONS, token.text) ? FUNCTIONS[token.text] : undefined;
    if (call === undefined) return reading.fail(`There is no function or constant "${token.text}".`);
    if (reading.take()?.text !== "(") return reading.fail(`Write ${token.text}(…).`);
    const value = readGroup(reading);
    return value === null ? null : call(value);
  }
  if (token.text === "(") return readGroup(reading);
  return reading.fail(`Unexpected "${token.text}" at character ${token.at + 1}.`);
}

function readGroup(reading: Reading): number | null {
  const value = within(reading, readSum);
  if (value === null) return null;
  return reading.take()?.text === ")" ? value : reading.fail("A closing parenthesis is missing.");
}

function within(reading: Reading, read: (reading: Reading) => number | null): number | null {
  if (reading.depth >= DEEPEST) return reading.fail("The expression is nested too deeply.");
  reading.depth += 1;
  const value = read(reading);
  reading.depth -= 1;
  return value;
}

function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
