import { whenIdleInFrame } from "./frame-budget";
import { whenKeepingUp } from "./keeping-up";

/** Formulas kept typeset. Beyond this the cache starts anew. */
const MOST_CACHED = 2_000;
/** Longest source that is typeset, in characters. */
const LONGEST = 5_000;

/** What most formulas need. */
const FONTS = [
  "KaTeX_Main",
  "KaTeX_Math",
  "KaTeX_Size1",
  "KaTeX_Size2",
  "KaTeX_Size3",
  "KaTeX_Size4",
] as const;

type Typeset = (source: string, display: boolean) => Element | null;

const cache = new Map<string, Element>();
let loading: Promise<Typeset> | null = null;

function keyOf(source: string, display: boolean): string {
  return `${display ? "D" : "I"}${source}`;
}

/** A fresh copy of a formula that was typeset before, or null. */
export function cachedFormula(source: string, display: boolean): Node | null {
  return cache.get(keyOf(source, display))?.cloneNode(true) ?? null;
}

/** Typesets a formula when there is time and hands it over; loads the typesetter first. Returns how to call it off. */
export function renderFormula(source: string, display: boolean, done: (formula: Node) => void): () => void {
  let isWanted = source.length <= LONGEST;
  const render = (typeset: Typeset) => {
    if (!isWanted) return;
    const formula =
      cachedFormula(source, display) ?? remember(typeset(source, display), keyOf(source, display));
    if (formula) done(formula);
  };
  if (isWanted) {
    load().then(
      (typeset) => whenIdleInFrame(() => render(typeset)),
      // Not loaded (offline, an old page after an update): the source stays readable and the next formula tries again.
      () => (loading = null),
    );
  }
  return () => {
    isWanted = false;
  };
}

/** Parsing the typesetter's code takes a long frame, so it waits for an idle one. */
function load(): Promise<Typeset> {
  loading ??= new Promise<void>(whenKeepingUp)
    .then(() => Promise.all([import("./typeset"), loadFonts()]))
    .then(([module]) => module.typeset);
  return loading;
}

/**
 * With a font that comes once formulas stand in it the browser looks through every text of the page. A font that cannot
 * be had is done without.
 */
async function loadFonts(): Promise<void> {
  await Promise.allSettled(FONTS.map((font) => document.fonts.load(`1em ${font}`)));
}

function remember(formula: Element | null, key: string): Node | null {
  if (!formula) return null;
  if (cache.size >= MOST_CACHED) cache.clear();
  cache.set(key, formula);
  return formula.cloneNode(true);
}
