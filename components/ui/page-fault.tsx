import { Button } from "./button";

type PageFaultProps = { error: Error; onRetry: () => void };

/** Stands in for the page when it could not be drawn. */
export function PageFault({ error, onRetry }: PageFaultProps) {
  return (
    <main role="alert" className="mx-auto grid max-w-prose gap-3 p-8">
      <h1 className="text-[17px] font-semibold">Vitrine could not display this page</h1>
      <p>Your comparisons are saved in this browser and have not been changed.</p>
      <p className="text-muted [overflow-wrap:anywhere]">{error.message.slice(0, 500)}</p>
      <p className="flex flex-wrap gap-2">
        <Button kind="primary" onClick={onRetry}>
          Try again
        </Button>
        <Button onClick={() => window.location.reload()}>Reload</Button>
        <Button onClick={() => window.location.assign("/?prompt=")}>Open a new comparison</Button>
      </p>
    </main>
  );
}
