/**
 * What `public/` holds and nobody needs a token for: nothing in it is secret, the page that asks for the token shows the
 * icon too, and a browser fetches the manifest without cookies.
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
]);
