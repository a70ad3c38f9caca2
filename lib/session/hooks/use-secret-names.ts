"use client";

import { useEffect, useState } from "react";

import { usePageActions } from "./use-page";

/** Names of the secrets that the server's configuration lists for tools; empty until they are known, and where they can't be had. */
export function useSecretNames(): readonly string[] {
  const { secretNames } = usePageActions();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let isThere = true;
    const ask = async () => {
      const found = await secretNames();
      if (isThere) setNames(found);
    };
    void ask();
    return () => {
      isThere = false;
    };
  }, [secretNames]);
  return names;
}
