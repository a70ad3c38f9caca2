type Answer = {
  readonly element: HTMLElement;
  /** Where its first line stood, in px below the top of the screen. */
  readonly top: number;
  readonly wasInView: boolean;
};

/**
 * The reader has left the end of a view: marks it, and every line stays where it stood. Answers that were windows on
 * their end open; the view scrolls by the height that was added above them. One that streams beside a longer one stands still at
 * `--held` px below the start of its row from then on, and may grow past the row's end. One that is settled needs no
 * hold: the stylesheet keeps it in view.
 */
export function leaveEnd(view: HTMLElement): void {
  const { top, bottom } = view.getBoundingClientRect();
  const answers = [...view.querySelectorAll<HTMLElement>("[data-end-held]")].map((element): Answer => {
    const own = element.getBoundingClientRect();
    const wasInView = own.bottom > top && own.top < bottom;
    return { element, top: own.top - element.scrollTop, wasInView };
  });
  for (const { element } of answers) delete element.dataset["held"];
  view.dataset["tail"] = "left";
  // All is read before anything is written, or each answer would have the page laid out once.
  const positions = answers.map(positionOf);
  const anchor = positions.findLast(
    ({ isLongest }, index) => isLongest && answers[index]?.wasInView === true,
  );
  const moved = anchor?.moved ?? 0;
  for (const [index, { element, wasInView }] of answers.entries()) {
    const position = positions[index];
    if (position === undefined || position.isLongest || !wasInView || element.ariaBusy !== "true") continue;
    element.dataset["held"] = "";
    element.style.setProperty("--held", `${Math.round(Math.max(0, position.belowRow + moved))}px`);
  }
  view.scrollBy({ top: moved, behavior: "instant" });
}

/** Where an answer stands once all windows are open, in px. */
function positionOf({ element, top }: Answer) {
  const own = element.getBoundingClientRect();
  const row = (element.parentElement ?? element).getBoundingClientRect();
  return {
    isLongest: own.height >= row.height - 1,
    moved: own.top - top,
    belowRow: top - row.top,
  };
}
