/** Where a key stands in a text, however it is spelled. Written without the code that overwrites keys. */

type Reading = { readonly how: string; readonly read: (text: string) => readonly string[] };

const READINGS: readonly Reading[] = [
  { how: "percent", read: (text) => [text.replaceAll(/%([0-9a-f]{2})/giu, (_, hex) => fromCode(hex))] },
  { how: "escapes", read: (text) => [unescaped(text)] },
  {
    how: "entities",
    read: (text) => [
      text
        .replaceAll(/&#x([0-9a-f]+);/giu, (_, hex) => fromCode(hex))
        .replaceAll(/&#(\d+);/gu, (_, number) => String.fromCodePoint(Number(number)))
        .replaceAll("&amp;", "&"),
    ],
  },
  { how: "base64", read: (text) => (text.match(/[A-Za-z0-9+/_-]{16,}/gu) ?? []).flatMap(decodings) },
  {
    how: "pieces",
    read: (text) => [
      Array.from(
        text.matchAll(/"(?:content|reasoning|reasoning_content)":"([^"]*)"/gu),
        ([, piece]) => piece,
      ).join(""),
    ],
  },
];

/** Readings of readings: base64 in JSON in JSON has three. */
const DEPTH = 3;

/** How the key is read out of the text, such as "escapes, base64"; nothing where it is not in it. */
export function placesOf(key: string, text: string): readonly string[] {
  const found = new Set<string>();
  const seen = new Set([text]);
  let layer = [{ how: "as it is", text }];
  for (let depth = 0; depth <= DEPTH; depth += 1) {
    for (const one of layer) if (one.text.includes(key)) found.add(one.how);
    layer = layer.flatMap((one) =>
      READINGS.flatMap(({ how, read }) =>
        read(one.text).flatMap((next) => {
          if (next.length < key.length || seen.has(next)) return [];
          seen.add(next);
          return [{ how: depth === 0 ? how : `${one.how}, ${how}`, text: next }];
        }),
      ),
    );
  }
  return [...found];
}

/** A run of base64 read from each of the four places at which a group may begin. */
function decodings(run: string): readonly string[] {
  return [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), "base64").toString("latin1"));
}

function unescaped(text: string): string {
  return text
    .replaceAll(/\\u([0-9a-f]{4})/giu, (_, hex) => fromCode(hex))
    .replaceAll(/\\+(?=["/])/gu, "")
    .replaceAll(/\\([^nrtbfu])/gu, "$1");
}

function fromCode(hex: string): string {
  return String.fromCodePoint(Number.parseInt(hex, 16));
}
