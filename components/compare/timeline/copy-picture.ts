/** A drawing of the page as a picture that looks the same elsewhere. */

/** Pixels of the picture for each px of the drawing. */
const SCALE = 2;

/** The drawing as SVG text with the colors of the page in it. */
export function asSvgText(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true);
  const text = new XMLSerializer().serializeToString(copy).replaceAll(/ class="[^"]*"/gu, "");
  const colors = new Map<string, string>();
  return text.replaceAll(/var\((--[\w-]+)\)/gu, (_found, name: string) => {
    const known = colors.get(name) ?? colorOf(drawing, name);
    colors.set(name, known);
    return known;
  });
}

/** What a color variable is at this place: it depends on the theme. */
function colorOf(place: Element, name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  (place.parentElement ?? document.body).append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** The drawing as a PNG, twice as large. Rejects where the browser cannot draw it. */
export async function asPng(drawing: SVGSVGElement): Promise<Blob> {
  const { width, height } = drawing.viewBox.baseVal;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(asSvgText(drawing))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * SCALE);
  canvas.height = Math.round(height * SCALE);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas to draw on.");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("This browser could not write the picture."));
      else resolve(blob);
    }, "image/png");
  });
}

/** Puts a picture on the clipboard; false where the browser refused, or has no clipboard for pictures. */
export async function copyPicture(picture: Promise<Blob>): Promise<boolean> {
  if (navigator.clipboard === undefined || !("ClipboardItem" in globalThis)) return false;
  try {
    // The picture may still be on its way: a browser lets a page write only right after a press.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
    return true;
  } catch {
    // Refused, or another kind of clipboard: the caller saves it as a file instead.
    return false;
  }
}
