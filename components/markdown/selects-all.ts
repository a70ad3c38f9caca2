/** Says whether a selection covers all the text inside `element`. */
export function selectsAll(selection: Selection, element: Element): boolean {
  if (selection.isCollapsed || selection.rangeCount === 0) return false;
  const range = selection.getRangeAt(0);
  return (
    range.intersectsNode(element) && isBlank(textBefore(range, element)) && isBlank(textAfter(range, element))
  );
}

/** The part of the element in front of the range. */
function textBefore(range: Range, element: Element): Range {
  const part = document.createRange();
  part.selectNodeContents(element);
  if (element.contains(range.startContainer)) {
    part.setEnd(range.startContainer, range.startOffset);
  } else {
    part.collapse(true);
  }
  return part;
}

function textAfter(range: Range, element: Element): Range {
  const part = document.createRange();
  part.selectNodeContents(element);
  if (element.contains(range.endContainer)) {
    part.setStart(range.endContainer, range.endOffset);
  } else {
    part.collapse(false);
  }
  return part;
}

function isBlank(part: Range): boolean {
  return part.toString().trim() === "";
}
