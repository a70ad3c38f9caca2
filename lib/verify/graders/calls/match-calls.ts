/** Expected calls against those that came, in any order. */
import type { ExpectedCall } from "@/lib/verify/case";
import { fieldsOf, type SeenCall } from "@/lib/verify/graders/seen";

import { compareArguments, type Fit } from "./compare-arguments";

export type Matching = {
  readonly matched: readonly {
    readonly expected: ExpectedCall;
    readonly seen: SeenCall;
    readonly fit: Fit;
  }[];
  readonly missing: readonly ExpectedCall[];
  readonly extra: readonly SeenCall[];
};

/** The largest matching: as many expected calls as possible get a call of their own, and as few of these as possible only once normalized. */
export function matchCalls(expected: readonly ExpectedCall[], calls: readonly SeenCall[]): Matching {
  const fits = expected.map((wanted) => calls.map((seen) => fitOf(wanted, seen)));
  // Equal fits find their partners first: a later path may move them, but never leaves one without.
  const exact = augment(fits, (fit) => fit === "equal", new Map());
  const partners = augment(fits, (fit) => fit !== "different", exact);
  const byExpected = new Map([...partners].map(([call, wanted]) => [wanted, call]));
  return {
    matched: expected.flatMap((wanted, index) => {
      const at = byExpected.get(index);
      const seen = at === undefined ? undefined : calls[at];
      return seen === undefined ? [] : [{ expected: wanted, seen, fit: fitOf(wanted, seen) }];
    }),
    missing: expected.filter((_, index) => !byExpected.has(index)),
    extra: calls.filter((_, index) => !partners.has(index)),
  };
}

/** How a call fits what was expected: its name and every argument. */
export function fitOf(expected: ExpectedCall, seen: SeenCall): Fit {
  if (expected.name !== seen.name || !seen.args.valid) return "different";
  return compareArguments(expected, fieldsOf(seen)).fit;
}

/** Call to expectation, by augmenting paths. */
function augment(
  fits: readonly (readonly Fit[])[],
  isFit: (fit: Fit) => boolean,
  before: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const partners = new Map(before);
  const place = (wanted: number, tried: Set<number>): boolean => {
    for (const [call, fit] of (fits[wanted] ?? []).entries()) {
      if (!isFit(fit) || tried.has(call)) continue;
      tried.add(call);
      const holder = partners.get(call);
      if (holder !== undefined && !place(holder, tried)) continue;
      partners.set(call, wanted);
      return true;
    }
    return false;
  };
  const placed = new Set(before.values());
  for (const index of fits.keys()) if (!placed.has(index)) place(index, new Set());
  return partners;
}
