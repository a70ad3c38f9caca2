/** How every text-like control looks: input, textarea, native select. */
export const CONTROL =
  "min-w-0 rounded-inner border border-line-control bg-surface px-2 text-text focus-visible:border-accent focus-visible:outline-offset-[-1px] disabled:opacity-60 aria-invalid:border-danger";
