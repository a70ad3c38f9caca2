/** Overwrites secrets in bytes and texts. Pure. */
import { createByteRedactor, type OnOverwrite, type Redactor } from "./redact-bytes";
import { createLiteralRedactor } from "./redact-literals";

/**
 * Overwrites secrets with `*`, byte for byte, so that lengths stay as they were: as they are, in base64, percent or
 * JSON escaped, and spelled over several strings of one field. Bytes that hold none of this pass untouched and at
 * once, but for those that could be the beginning of a secret. What it cannot see is written down in
 * `docs/decisions/0009-keys-are-overwritten-in-answers.md`.
 */
export function createRedactor(secrets: readonly string[], onOverwrite?: OnOverwrite): Redactor {
  const forms = secretForms(secrets);
  const bytes = createByteRedactor(plainForms(secrets), onOverwrite);
  const literals = createLiteralRedactor(forms, onOverwrite);
  return {
    push: (chunk) => literals.push(bytes.push(chunk)),
    flush: () => Buffer.concat([literals.push(bytes.flush()), literals.flush()]),
  };
}

/** A whole body with every secret overwritten. */
export function redactBytes(bytes: Uint8Array, secrets: readonly string[]): Buffer<ArrayBuffer> {
  const redactor = createRedactor(secrets);
  return Buffer.concat([redactor.push(bytes), redactor.flush()]);
}

/** A text with every secret overwritten. It is no answer, so keys that are short enough to be words count as well. */
export function redactText(text: string, secrets: readonly string[]): string {
  const clean = redactBytes(Buffer.from(text), secrets).toString();
  return shortSecrets(secrets).reduce(overwriteWord, clean);
}

function overwriteWord(text: string, word: string): string {
  const escaped = word.replaceAll(/[$()*+./?[\\\]^{|}]/gu, String.raw`\$&`);
  return text.replaceAll(new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, "gu"), "*".repeat(word.length));
}

/** Shorter keys are placeholders such as "none": overwriting them in an answer would eat ordinary words. */
const MIN_SECRET_BYTES = 8;

/** A secret as it is and in base64, each once. Percent and JSON escapes are read by the matcher itself. */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const long = [...new Set(secrets)].filter((secret) => Buffer.byteLength(secret) >= MIN_SECRET_BYTES);
  return [...new Set([...long, ...long.flatMap(base64Forms)])];
}

/** The forms above, and those that percent and JSON escapes usually take. */
export function plainForms(secrets: readonly string[]): readonly string[] {
  const escaped = secretForms(secrets).flatMap((form) => [
    form,
    encodeURIComponent(form),
    JSON.stringify(form).slice(1, -1),
  ]);
  return [...new Set(escaped)];
}

/** Secrets that are too short for an answer and still have no place in an error's words. */
export function shortSecrets(secrets: readonly string[]): readonly string[] {
  return [...new Set(secrets)].filter(
    (secret) => secret.length >= 4 && Buffer.byteLength(secret) < MIN_SECRET_BYTES,
  );
}

/** What base64 makes of a secret at each of the three places it can have in a group, without what its neighbors change. */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const standard = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const first = before === 0 ? 0 : before + 1;
    const isWhole = (before + bytes.length) % 3 === 0;
    return text.slice(first, isWhole ? undefined : -1);
  });
  return standard.flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]);
}
