"use client";

import type { ComponentProps } from "react";

import { Playground } from "@/components/screen/playground";
import { SessionProvider } from "@/lib/session/hooks/session-context";
import { pageApp } from "@/lib/session/page/page-app";

type PlaygroundPageProps = ComponentProps<typeof Playground>;

/** The screen over this tab's own session. */
export function PlaygroundPage(props: PlaygroundPageProps) {
  return (
    <SessionProvider app={pageApp()}>
      <Playground {...props} />
    </SessionProvider>
  );
}
