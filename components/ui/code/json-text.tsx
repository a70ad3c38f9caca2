import { Fragment } from "react";

type JsonTextProps = { label: string; text: string };

/** Strings, each with the colon that makes it a key, numbers, and words. */
const TOKEN = /("(?:[^"\\]|\\.)*"\s*:?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b)/u;

/** A longer text is shown without colors: each is an element. */
const COLORED = 60_000;

/** JSON to read, select and scroll, by keyboard too: keys muted, values in the color of their type. */
export function JsonText({ label, text }: JsonTextProps) {
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a section would be one more landmark
      role="group"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the keyboard could not scroll here
      tabIndex={0}
      className="figures rounded-inner border-line bg-sunken max-h-[30lh] overflow-auto border px-3 py-2 leading-[20px] [overflow-wrap:anywhere] whitespace-pre-wrap"
    >
      {text.length > COLORED ? text : text.split(TOKEN).map((token, index) => colored(token, index))}
    </pre>
  );
}

/** Every second piece of the split text is a token. */
function colored(token: string, index: number) {
  if (index % 2 === 0) return <Fragment key={index}>{token}</Fragment>;
  return (
    <span key={index} className={toneOf(token)}>
      {token}
    </span>
  );
}

function toneOf(token: string): string {
  if (token.startsWith('"')) return token.endsWith(":") ? "text-muted" : "text-code-string";
  return /^[tfn]/u.test(token) ? "text-code-keyword" : "text-code-number";
}
