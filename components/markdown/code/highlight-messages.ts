/** To the worker: lines that follow those sent before under the same id, or that nothing more follows. */
export type HighlightRequest =
  | {
      readonly type: "lines";
      readonly id: number;
      readonly language: string;
      readonly lines: readonly string[];
    }
  | { readonly type: "close"; readonly id: number };

/** From the worker, once for each "lines": per line the lengths and classes in turn; null where there are no colors. */
export type HighlightReply = { readonly id: number; readonly lines: readonly (readonly number[])[] | null };
