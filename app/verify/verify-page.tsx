"use client";

import { useRouter } from "next/navigation";

import type { Theme } from "@/components/screen/theme-colors";
import { VerifyScreen } from "@/components/verify/verify-screen";
import { SessionProvider } from "@/lib/session/hooks/session-context";
import { pageApp } from "@/lib/session/page/page-app";
import { pageVerify } from "@/lib/session/verify/page-verify";
import { VerifyProvider } from "@/lib/session/verify/verify-context";

/** Verifying over this tab's own comparison: its lanes, servers and pasted keys. */
export function VerifyPage({ theme }: { theme: Theme }) {
  const router = useRouter();
  return (
    <SessionProvider app={pageApp()}>
      <VerifyProvider app={pageVerify()}>
        {/* Not by a full load: pasted keys are in this tab's memory alone. */}
        <VerifyScreen theme={theme} onLeave={() => router.push("/")} />
      </VerifyProvider>
    </SessionProvider>
  );
}
