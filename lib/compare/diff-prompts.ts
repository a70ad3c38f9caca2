/** Two rendered prompts as what a server's cache can share between them. Pure. */

export type PromptDiff = {
  /** Tokens that both prompts begin with. */
  readonly shared: number;
  /** Tokens of each. */
  readonly counts: readonly [number, number];
  /** The text right before the place where they part. */
  readonly before: string;
  /** How each goes on from there; "" = it ends. */
  readonly next: readonly [string, string];
};

type Prompt = { readonly prompt: string; readonly tokens: readonly number[] };

/** Characters that are shown around the place. */
const SHOWN = 160;

/** Where two prompts part. A cache of one serves the other up to there, and no further. */
export function diffPrompts(one: Prompt, other: Prompt): PromptDiff {
  const at = sharedLength(one.prompt, other.prompt);
  return {
    shared: sharedLength(one.tokens, other.tokens),
    counts: [one.tokens.length, other.tokens.length],
    before: at > SHOWN ? `…${one.prompt.slice(at - SHOWN, at)}` : one.prompt.slice(0, at),
    next: [beginning(one.prompt.slice(at)), beginning(other.prompt.slice(at))],
  };
}

function beginning(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function sharedLength<T>(one: ArrayLike<T>, other: ArrayLike<T>): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at += 1;
  return at;
}
