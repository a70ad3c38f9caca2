// @ts-check
/** What every reply carries. Plain JavaScript, since Next's own configuration reads it before anything is built. */

/** Sent with every reply: pages, chunks, API, errors. A page's own policy, with its nonce, is proxy.ts's. */
export const EVERYWHERE = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value:
      "camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()",
  },
];

/** The policy of replies that are not pages. */
export const NO_CONTENT_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The policy of scripts and styles. A worker obeys the one that came with its own script. */
export const CHUNK_POLICY = `${NO_CONTENT_POLICY}; script-src 'self'; connect-src 'self'`;
