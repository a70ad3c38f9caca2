const LANES = "section[id^='lane-']";

/** Puts the focus on a lane by its number on screen, counted from 1. */
export function focusLane(place: number): void {
  const lane = document.getElementById(`lane-${place}`);
  lane?.scrollIntoView({ inline: "nearest", block: "nearest" });
  lane?.focus({ preventScroll: true });
}

/** Puts the focus into the first open result field of a lane, counted from 1. */
export function focusFirstResult(place: number): void {
  document.querySelector<HTMLElement>(`#lane-${place} [data-result-field]`)?.focus();
}

/** Opens or closes the newest reasoning block of the focused lane, or of the first lane on screen. */
export function toggleReasoning(): void {
  const shown = [...document.querySelectorAll(LANES)].find((lane) => lane.checkVisibility());
  const lane = document.activeElement?.closest(LANES) ?? shown;
  const buttons = lane?.querySelectorAll<HTMLButtonElement>("[data-reasoning-toggle]") ?? [];
  [...buttons].at(-1)?.click();
}
