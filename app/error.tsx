"use client";

import { PageFault } from "@/components/ui/page-fault";

export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return <PageFault error={error} onRetry={reset} />;
}
