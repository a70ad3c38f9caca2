/** The parts of the page that the focus goes around, and what takes it there at first: the part itself unless named. */
const PANES = [
  { pane: "main", first: "section[id^=lane-]" },
  { pane: "footer", first: "textarea" },
  { pane: "[data-panel=docked]", first: null },
] as const;

const left = new WeakMap<Element, HTMLElement>();

/**
 * Puts the focus into the next part of the page, where it was before: lanes, composer, and the panel that stands
 * beside them. Not while something lies over the page.
 */
export function focusNextPane(by: 1 | -1): void {
  if (document.querySelector("[data-panel=modal]") !== null) return;
  const panes = PANES.flatMap(({ pane, first }) => {
    const element = document.querySelector<HTMLElement>(pane);
    return element === null ? [] : [{ element, first }];
  });
  const focused = document.activeElement;
  const at = panes.findIndex(({ element }) => element.contains(focused));
  const from = panes[at];
  if (from !== undefined && focused instanceof HTMLElement) left.set(from.element, focused);
  const start = at < 0 && by < 0 ? 0 : at;
  const to = panes[(start + by + panes.length) % panes.length];
  if (to === undefined) return;
  const last = left.get(to.element);
  if (last?.isConnected === true) last.focus();
  else firstOf(to.element, to.first).focus();
}

function firstOf(pane: HTMLElement, first: string | null): HTMLElement {
  const found = first === null ? [] : pane.querySelectorAll<HTMLElement>(first);
  // On a narrow page all lanes but one are hidden.
  return [...found].find((element) => element.checkVisibility()) ?? pane;
}
