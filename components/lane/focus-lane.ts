const LANES = "section[id^='lane-']";

/** Puts the focus on a lane by its number on screen, counted from 1. */
export function focusLane(laneNumber: number): void {
  const lane = document.getElementById(`lane-${laneNumber}`);
  lane?.scrollIntoView({ inline: "nearest", block: "nearest" });
  lane?.focus({ preventScroll: true });
}

/** Puts the focus into the first open result field of a lane, counted from 1. */
export function focusFirstResult(laneNumber: number): void {
  document.querySelector<HTMLElement>(`#lane-${laneNumber} [data-result-field]`)?.focus();
}

/**
 * The open result field after what has the focus, and its lane's number: from the last of all lanes it goes on at the
 * first. null = no call waits.
 */
export function nextResult(): { readonly field: HTMLElement; readonly laneNumber: number } | null {
  const fields = [...document.querySelectorAll<HTMLElement>(`${LANES} [data-result-field]`)];
  const focused = document.activeElement;
  const field = fields.find((other) => focused !== null && isAfter(other, focused)) ?? fields[0];
  if (field === undefined) return null;
  return { field, laneNumber: Number(field.closest(LANES)?.id.slice("lane-".length)) };
}

function isAfter(element: Element, other: Element): boolean {
  const { DOCUMENT_POSITION_FOLLOWING, DOCUMENT_POSITION_CONTAINED_BY } = Node;
  const position = other.compareDocumentPosition(element);
  return (position & DOCUMENT_POSITION_FOLLOWING) !== 0 || (position & DOCUMENT_POSITION_CONTAINED_BY) !== 0;
}

/** Opens or closes the newest reasoning block of the focused lane, or of the first lane on screen. */
export function toggleReasoning(): void {
  const shown = [...document.querySelectorAll(LANES)].find((lane) => lane.checkVisibility());
  const lane = document.activeElement?.closest(LANES) ?? shown;
  const buttons = lane?.querySelectorAll<HTMLButtonElement>("[data-reasoning-toggle]") ?? [];
  [...buttons].at(-1)?.click();
}
