/** Moves the focus on from a call whose result goes out: to the lane's next open result, else to the lane. */
export function focusNextResult(field: HTMLElement): void {
  // Whoever is elsewhere by now, as while a tool runs, stays there.
  if (field.closest("fieldset")?.contains(document.activeElement) !== true) return;
  const lane = field.closest<HTMLElement>("section");
  const open = [...(lane?.querySelectorAll<HTMLElement>("[data-result-field]") ?? [])];
  const others = open.filter((other) => other !== field);
  const next = others[open.indexOf(field)] ?? others[0] ?? lane;
  next?.focus({ preventScroll: next === lane });
}
