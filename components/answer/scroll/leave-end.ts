/** Height of the lane headers, under which an answer stands, in px. */
const HEADER_PX = 44;

type Answer = {
  readonly element: HTMLElement;
  /** Where its first line stood, in px below the top of the screen. */
  readonly top: number;
  readonly wasInView: boolean;
};

/**
 * The reader has left the end of a view: marks it, and every line stays where it stood. Answers that were windows on
 * their end open; the view scrolls by what came in above them. The stylesheet holds an answer beside a longer one as
 * `data-held` says, at `--held` px:
 *
 * - "still": one that streams stands so far below the start of its row. It may grow past the end of the row.
 * - "sticky": one that is settled stands so far below the top of the view while its row lasts: where it stood, or, if it
 *   was out of view, under the header, with its end at the end of the view where it is taller.
 *
 * The longest of a row has nowhere to go and is not held: a sticky box is a layer of its own to the browser.
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
  const places = answers.map((answer) => placeOf(answer, view, top));
  const anchor = places.findLast(({ isLongest }, index) => isLongest && answers[index]?.wasInView === true);
  const moved = anchor?.moved ?? 0;
  for (const [index, { element, wasInView }] of answers.entries()) {
    const place = places[index];
    if (place === undefined || place.isLongest) continue;
    const isStill = wasInView && element.ariaBusy === "true";
    element.dataset["held"] = isStill ? "still" : "sticky";
    const held = isStill ? Math.max(0, place.belowRow + moved) : place.belowView;
    element.style.setProperty("--held", `${Math.round(held)}px`);
  }
  view.scrollBy({ top: moved, behavior: "instant" });
}

/** Where an answer stands once all windows are open, and where it is to be held; everything in px. */
function placeOf({ element, top, wasInView }: Answer, view: HTMLElement, viewTop: number) {
  const own = element.getBoundingClientRect();
  const row = (element.parentElement ?? element).getBoundingClientRect();
  return {
    isLongest: own.height >= row.height - 1,
    moved: own.top - top,
    belowRow: top - row.top,
    belowView: wasInView ? top - viewTop : Math.min(HEADER_PX, view.clientHeight - own.height),
  };
}
