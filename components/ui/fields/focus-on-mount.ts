/** A `ref` for the field that a person came for when a view takes another's place, so that the focus is not lost with it. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus();
}

/** The same for a field whose text is to be replaced: what is typed first takes its place. */
export function selectOnMount(element: HTMLInputElement | null): void {
  element?.focus();
  element?.select();
}
