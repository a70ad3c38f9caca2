/**
 * What `public/` holds and nobody needs a token for: nothing in it is secret, the page that asks for the token shows the
 * icon too, a browser fetches the manifest without cookies, and a recording that Vitrine ships is no secret.
 */
export const OPEN_FILES: ReadonlySet<string> = new Set([
  "/apple-touch-icon.png",
  "/favicon.ico",
  "/favicon.svg",
  "/icon-192.png",
  "/icon-512.png",
  "/icon-maskable-512.png",
  "/manifest.webmanifest",
  "/social.png",
  "/tapes/end-thinking.tape",
  "/tapes/five-steps.tape",
  "/tapes/low-and-high-effort.tape",
  "/tapes/server-killed.tape",
  "/tapes/think-call-answer.tape",
  "/tapes/two-calls.tape",
]);
