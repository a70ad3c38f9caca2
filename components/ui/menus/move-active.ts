/**
 * The option a key leads to in a list whose focus stays in a text field, or undefined when the key is not the
 * list's. Up and down wrap around; Home and End belong to the text while there is any. Pure.
 */
export function moveActive(
  ids: readonly string[],
  active: string | null,
  key: string,
  hasText: boolean,
): string | undefined {
  const at = active === null ? -1 : ids.indexOf(active);
  switch (key) {
    case "ArrowDown":
      return ids[(at + 1) % ids.length];
    case "ArrowUp":
      return ids.at(at <= 0 ? -1 : at - 1);
    case "PageDown":
      return ids[Math.min(at + PAGE, ids.length - 1)];
    case "PageUp":
      return ids[Math.max(at - PAGE, 0)];
    case "Home":
      return hasText ? undefined : ids[0];
    case "End":
      return hasText ? undefined : ids.at(-1);
    default:
      return undefined;
  }
}

const PAGE = 8;
