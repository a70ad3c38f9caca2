"use client";

import { Playground } from "@/components/screen/playground";
import type { Theme } from "@/components/screen/theme-colors";
import { SessionProvider } from "@/lib/session/hooks/session-context";
import { pageApp } from "@/lib/session/page/page-app";

/** The screen over this tab's own session. */
export function PlaygroundPage({ theme, isKnown }: { theme: Theme; isKnown: boolean }) {
  return (
    <SessionProvider app={pageApp()}>
      <Playground theme={theme} isKnown={isKnown} />
    </SessionProvider>
  );
}
