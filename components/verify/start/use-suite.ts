"use client";

import { useEffect, useState } from "react";

import type { Suite, VerifyCase } from "@/lib/verify/case";

/** The suite that comes with Vitrine, whose data is fetched when it is first looked at. */
export type LoadedSuite =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly why: string }
  | {
      readonly state: "ready";
      readonly casesOf: (preset: "seed" | "core" | "full") => readonly VerifyCase[];
      readonly suiteHash: (suite: Suite) => Promise<string>;
    };

export function useSuite(): LoadedSuite {
  const [loaded, setLoaded] = useState<LoadedSuite>({ state: "loading" });
  useEffect(() => {
    let isLeft = false;
    const load = async () => {
      const read = await readSuite();
      if (!isLeft) setLoaded(read);
    };
    void load();
    return () => {
      isLeft = true;
    };
  }, []);
  return loaded;
}

async function readSuite(): Promise<LoadedSuite> {
  try {
    const [{ casesOf }, { suiteHash }] = await Promise.all([
      import("@/lib/verify/suite/vitrine-1"),
      import("@/lib/verify/suite/suite-hash"),
    ]);
    return { state: "ready", casesOf, suiteHash };
  } catch {
    return {
      state: "failed",
      why: "The suite could not be loaded: Vitrine was stopped or updated. Reload the page.",
    };
  }
}
