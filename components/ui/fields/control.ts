/** How every text-like control looks: input, textarea, native select. */
export const CONTROL =
  "min-w-0 rounded-inner border border-line-strong bg-surface px-2 text-text disabled:opacity-60 aria-invalid:border-danger";
