"use client";

import { useEffect, useState } from "react";

import { useVerify, useVerifyActions } from "@/lib/session/verify/verify-context";
import type { Card } from "@/lib/verify/card/card";

const RUN_MARK = "#run=";
const CARD_MARK = "#card=";

/** What the address of the page asks for: "none" also once it is read and closed. */
type LinkedCard =
  | { readonly state: "none" }
  | { readonly state: "damaged" }
  | { readonly state: "open"; readonly card: Card };

const NONE: LinkedCard = { state: "none" };

/** Keeps the open run in the address, so that a reload comes back to it, and opens the run or the card that the address names. */
export function useAddress(): { readonly linked: LinkedCard; readonly close: () => void } {
  const { start, openRun } = useVerifyActions();
  const run = useVerify(({ open }) => open?.run.id ?? null);
  const [linked, setLinked] = useState(NONE);
  const [isRead, setIsRead] = useState(false);
  useEffect(() => {
    let isLeft = false;
    const read = async () => {
      const { hash } = window.location;
      await start();
      if (hash.startsWith(RUN_MARK)) await openRun(textOf(hash.slice(RUN_MARK.length)));
      const card = hash.startsWith(CARD_MARK) ? await readCard(hash) : NONE;
      if (isLeft) return;
      setLinked(card);
      setIsRead(true);
    };
    const onHash = () => void read();
    void read();
    window.addEventListener("hashchange", onHash);
    return () => {
      isLeft = true;
      window.removeEventListener("hashchange", onHash);
    };
  }, [start, openRun]);
  useEffect(() => {
    if (!isRead || linked.state !== "none") return;
    const hash = run === null ? "" : `${RUN_MARK}${encodeURIComponent(run)}`;
    const { pathname, search } = window.location;
    if (window.location.hash !== hash)
      window.history.replaceState(window.history.state, "", `${pathname}${search}${hash}`);
  }, [isRead, linked, run]);
  return { linked, close: () => setLinked(NONE) };
}

async function readCard(hash: string): Promise<LinkedCard> {
  const { readCardLink } = await import("@/lib/verify/card/card-link");
  const card = await readCardLink(hash);
  return card === null ? { state: "damaged" } : { state: "open", card };
}

/** The text that was escaped; as it stands where it never was. */
function textOf(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}
