/** The frame in which a person's code runs: a page without an origin, which may reach nothing and be framed by us alone. */
// oxlint-disable unicorn/require-post-message-target-origin -- ports and workers have no origin to name
import { WORKER_SCRIPT } from "./worker-script";

/** Workers from blobs obey it as well. It has no network, and the page's own policy lets the frame go nowhere else. */
export const SANDBOX_POLICY = [
  "sandbox allow-scripts",
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  "worker-src blob:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

type Job = { readonly kind: "run" } | { readonly kind: "check"; readonly script: string };

/** Runs in the frame: begins a worker for each job and answers pings. It is sent as text and uses nothing from around it. */
function frame(workerScript: string): void {
  addEventListener("message", (event: MessageEvent<Job>) => {
    const [control, port] = event.ports;
    if (event.source !== parent || control === undefined || port === undefined) return;
    const job = event.data;
    control.addEventListener("message", () => control.postMessage({ type: "pong" }));
    control.start();
    const broken = (message: string, line: number | null, column: number | null) =>
      control.postMessage({ type: "broken", message, line, column });
    const script = job.kind === "check" ? job.script : workerScript;
    const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
    worker.addEventListener("error", (error) => {
      broken(error.message || "The worker did not begin.", error.lineno || null, error.colno || null);
    });
    if (job.kind === "check")
      worker.addEventListener("message", () => control.postMessage({ type: "compiled" }));
    else worker.postMessage(job, [port]);
  });
}

/** A script in a page ends at the first of these, also inside a string. */
function inPage(script: string): string {
  return script.replaceAll("</", String.raw`<\/`).replaceAll("<!--", String.raw`<\!--`);
}

const SCRIPT = inPage(`(${frame.toString()})(${JSON.stringify(WORKER_SCRIPT)});`);

/** The page, with the policy that makes it one. */
export function sandboxPage(): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title><script>${SCRIPT}</script></html>`;
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": SANDBOX_POLICY,
      "cache-control": "no-store",
    },
  });
}
