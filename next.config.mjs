/** Sent with every reply: pages, chunks, API, errors. The page's own policy, with its nonce, is proxy.ts's. */
const everywhere = [
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

const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** A worker obeys the policy that came with its own script. */
const script = `${nothing}; script-src 'self'; connect-src 'self'`;

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // The relay streams; compressing each event would cost far more than it saves.
  compress: false,
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: nothing }] },
    { source: "/_next/static/:path*", headers: [{ key: "Content-Security-Policy", value: script }] },
  ],
};
