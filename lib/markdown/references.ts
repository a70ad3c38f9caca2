import type { Links } from "marked";

// CommonMark bounds labels, which also keeps this search from running far for each bracket.
const LABELS = /\[((?:\\[\s\S]|[^\\[\]]){1,999})\]/g;
/** How often a block may be read again while text arrives. At the end of the text it is read once more if necessary. */
const MOST_REREADS = 8;

type Waiting = { readonly source: string; rereads: number };

/**
 * Remembers which closed blocks name labels that no link definition has explained yet. A definition counts from the
 * moment its own block is closed; the blocks that name it are then read again.
 */
export class References {
  #waiting = new Map<string, Set<number>>();
  #blocks = new Map<number, Waiting>();
  #stale = new Set<number>();

  /** Notes the labels in the source of the closed block `index` that are not among `links`. */
  watch(index: number, source: string, links: Links): void {
    for (const label of labelsOf(source)) {
      if (!(label in links)) {
        const indexes = this.#waiting.get(label) ?? new Set();
        this.#waiting.set(label, indexes.add(index));
        this.#blocks.set(index, { source, rereads: 0 });
      }
    }
  }

  /** Notes that a block was read with definitions that may still change. */
  doubt(index: number, source: string): void {
    this.#blocks.set(index, { source, rereads: 0 });
    this.#stale.add(index);
  }

  /** Notes that `label` is now explained. */
  explain(label: string): void {
    for (const index of this.#waiting.get(label) ?? []) {
      this.#stale.add(index);
    }
    this.#waiting.delete(label);
  }

  /** Takes the blocks that must be read again, with their sources. At the `end`, all of them are returned. */
  takeStale(end: boolean): (readonly [index: number, source: string])[] {
    const taken: (readonly [number, string])[] = [];
    for (const index of this.#stale) {
      const block = this.#blocks.get(index);
      if (block && (end || block.rereads < MOST_REREADS)) {
        block.rereads += 1;
        this.#stale.delete(index);
        taken.push([index, block.source]);
      }
    }
    return taken;
  }
}

/** The normalized labels between square brackets. */
export function labelsOf(source: string): ReadonlySet<string> {
  const labels = new Set<string>();
  if (source.includes("[")) {
    for (const [, label = ""] of source.matchAll(LABELS)) {
      labels.add(normalizeLabel(label));
    }
  }
  return labels;
}

function normalizeLabel(label: string): string {
  return label.trim().replaceAll(/\s+/g, " ").toLowerCase().toUpperCase().toLowerCase();
}
