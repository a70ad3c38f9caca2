"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, useMemo } from "react";

import { type VerifyLink, VerifyLinkContext } from "@/components/answer/answer-scope";
import { Playground } from "@/components/screen/playground";
import { SessionProvider } from "@/lib/session/hooks/session-context";
import { pageApp } from "@/lib/session/page/page-app";

type PlaygroundPageProps = ComponentProps<typeof Playground>;

/** The screen over this tab's own session. */
export function PlaygroundPage(props: PlaygroundPageProps) {
  const router = useRouter();
  const verify = useMemo((): VerifyLink => {
    const app = pageApp();
    const load = () => import("@/lib/session/verify/go-to-verify");
    const go = async (prepare: (link: Awaited<ReturnType<typeof load>>) => void) => {
      try {
        prepare(await load());
        // Not by a full load: pasted keys are in this tab's memory alone.
        router.push("/verify");
      } catch {
        app.page.notify(
          "error",
          "Verify could not be loaded: Vitrine was stopped or updated. Start it and try again.",
        );
      }
    };
    return {
      onVerify: (lane) => void go(({ wantLane }) => wantLane(lane)),
      onSaveCase: (turn) => void go(({ draftFromTurn }) => draftFromTurn(app, turn)),
    };
  }, [router]);
  return (
    <SessionProvider app={pageApp()}>
      <VerifyLinkContext value={verify}>
        <Playground {...props} />
      </VerifyLinkContext>
    </SessionProvider>
  );
}
