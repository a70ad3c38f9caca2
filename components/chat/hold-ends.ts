/** Height of the lane headers, under which an answer stands, in px. */
const HEADER_PX = 44;

/**
 * Notes on each answer in a view where it stands now, as `--held-top`: the reader has left the end, and `position:
 * sticky` holds it there from now on, beside a longer one. One that is out of view would stand under the header, or with
 * its end at the end of the view where it is taller. The longest of a row has nowhere to go and gets no note: a sticky
 * box is a layer of its own to the browser.
 */
export function holdEnds(view: HTMLElement): void {
  const { top, bottom } = view.getBoundingClientRect();
  const held = [...view.querySelectorAll<HTMLElement>("[data-end-held]")].map((element) => {
    const own = element.getBoundingClientRect();
    const isLongest = own.height >= (element.parentElement?.clientHeight ?? 0) - 1;
    const isInView = own.bottom > top && own.top < bottom;
    const place = isInView ? own.top - top : Math.min(HEADER_PX, view.clientHeight - own.height);
    return { element, place: isLongest ? "" : `${Math.round(place)}px` };
  });
  // All is read before anything is written, or each answer would have the page laid out once.
  for (const { element, place } of held) element.style.setProperty("--held-top", place);
}
