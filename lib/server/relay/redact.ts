/** Overwrites secrets in bytes and texts. Pure. */
import { createByteRedactor } from "./redact-bytes";
import { plainForms, secretForms, shortSecrets } from "./redact-forms";
import { createLiteralRedactor } from "./redact-literals";

export type Redactor = {
  /** The bytes that are safe to send on; some may stay behind. */
  readonly push: (chunk: Uint8Array) => Uint8Array;
  /** What stayed behind; the stream is over. */
  readonly flush: () => Uint8Array;
};

/**
 * Overwrites secrets with `*`, byte for byte, so that lengths stay as they were: as they are, in base64, percent or
 * JSON escaped, and spelled over several strings of one field. Bytes that hold none of this pass untouched and at
 * once, but for those that could be the beginning of a secret. What it cannot see is written down in
 * `docs/decisions/0009-keys-are-overwritten-in-answers.md`.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const forms = secretForms(secrets);
  const bytes = createByteRedactor(plainForms(secrets));
  const literals = createLiteralRedactor(forms);
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
