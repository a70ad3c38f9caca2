/** What the script of the first HTML (`first-script.ts`) began before the page's own code ran. */

/** What a person did in the composer before the page was alive. */
export type EarlyInput = {
  readonly draft: string;
  /** What was in the prompt when Run or Enter was pressed last; null when neither was. */
  readonly run: string | null;
};

/** Left by the script at `window.vitrineFirst`. */
export type FirstHtml = {
  /** The call for servers and when it began, in `performance.now()` ms. */
  servers: { readonly at: number; readonly reply: Promise<Response> } | null;
  /** Ends the watch over the composer; null = nothing was typed or pressed. */
  readonly takeInput: () => EarlyInput | null;
  /** Title of the starter that was pressed last; null = none was. */
  readonly takeStarter: () => string | null;
};

declare global {
  interface Window {
    vitrineFirst?: FirstHtml;
  }
}

/** A tab that was frozen for longer than this, in ms, asks anew. */
const FRESH_MS = 10_000;

/** What the first HTML has for the page. Each thing is given once. */
export type FromFirstHtml = {
  /** The reply of `GET /api/providers` that is on its way; null where there is none. It may reject. */
  readonly takeServers: () => Promise<Response> | null;
  readonly takeInput: () => EarlyInput | null;
  /** Title of the starter that was pressed before the page was alive; null = none was. */
  readonly takeStarter: () => string | null;
};

/** The browser's. */
export const fromFirstHtml: FromFirstHtml = {
  takeServers: () => {
    const first = window.vitrineFirst;
    const begun = first?.servers;
    if (first === undefined || begun === null || begun === undefined) return null;
    first.servers = null;
    return performance.now() - begun.at < FRESH_MS ? begun.reply : null;
  },
  takeInput: () => window.vitrineFirst?.takeInput() ?? null,
  takeStarter: () => window.vitrineFirst?.takeStarter() ?? null,
};
