"use client";

import { PageFault } from "@/components/ui/page-fault";

import "./globals.css";

export default function GlobalErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Vitrine</title>
        <PageFault error={error} onRetry={reset} />
      </body>
    </html>
  );
}
