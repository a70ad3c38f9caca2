"use client";

import { useState } from "react";

/** The latest value of each kind that was shown here, whoever changed it, so that a kind comes back as it was. */
export function useLatestOf<Kind, Value>(kind: Kind, value: Value): ReadonlyMap<Kind, Value> {
  const [all, setAll] = useState<ReadonlyMap<Kind, Value>>(() => new Map([[kind, value]]));
  if (all.get(kind) !== value) setAll(new Map(all).set(kind, value));
  return all;
}
