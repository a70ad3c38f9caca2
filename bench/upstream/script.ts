/** What the scripted upstream does, selected by the name of the model. */
export type Script =
  /** A thought of a fifth of the tokens, then Markdown. `rate` in tokens per second, 0 = as fast as the socket takes them. */
  | { readonly kind: "answer"; readonly rate: number; readonly tokens: number }
  /** Markdown of `shown` tokens at once; then, when told to go on, more of it at `rate` until the client leaves. */
  | { readonly kind: "probe"; readonly rate: number; readonly shown: number }
  /** One tool call with this many bytes of arguments. */
  | { readonly kind: "arguments"; readonly rate: number; readonly bytes: number }
  /** One answer with this many tool calls, each with other arguments and each counted as a token. */
  | { readonly kind: "calls"; readonly rate: number; readonly calls: number }
  /** Answers with `calls` calls each, until `all` calls have results; then a text. */
  | { readonly kind: "loop"; readonly calls: number; readonly all: number }
  /** Short texts that carry the time they were sent, for the relay. */
  | { readonly kind: "stamps"; readonly rate: number; readonly tokens: number }
  /** The cases of Vitrine's own suite, at once; of a hundred answers to a new prompt this many are wrong. */
  | { readonly kind: "cases"; readonly wrong: number }
  /** No byte until the client leaves. */
  | { readonly kind: "silent" };

/** A script that is sent token by token. */
export type TokenScript = Exclude<Script, { readonly kind: "cases" }>;

/** The model name that asks for a script, such as `answer-1000-5000`. */
export function modelOf(script: Script): string {
  switch (script.kind) {
    case "answer":
    case "stamps":
      return `${script.kind}-${script.rate}-${script.tokens}`;
    case "probe":
      return `probe-${script.rate}-${script.shown}`;
    case "arguments":
      return `arguments-${script.rate}-${script.bytes}`;
    case "calls":
      return `calls-${script.rate}-${script.calls}`;
    case "loop":
      return `loop-${script.calls}-${script.all}`;
    case "cases":
      return `cases-${script.wrong}`;
    case "silent":
      return "silent";
  }
}

/** The script of a model name; null when it names none. */
export function scriptOf(model: string): Script | null {
  if (model === "silent") return { kind: "silent" };
  const [, wrong] = /^cases-(\d+)$/.exec(model) ?? [];
  if (wrong !== undefined) return { kind: "cases", wrong: Number(wrong) };
  const [, kind, first, second] = /^([a-z]+)-(\d+)-(\d+)$/.exec(model) ?? [];
  const rate = Number(first);
  const size = Number(second);
  if (kind === "answer" || kind === "stamps") return { kind, rate, tokens: size };
  if (kind === "probe") return { kind, rate, shown: size };
  if (kind === "arguments") return { kind, rate, bytes: size };
  if (kind === "calls") return { kind, rate, calls: size };
  if (kind === "loop") return { kind, calls: rate, all: size };
  return null;
}
