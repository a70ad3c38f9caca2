import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";

import { type Theme, THEME_COLORS } from "@/components/screen/theme-colors";
import { NONCE_HEADER } from "@/lib/contract/access";
import { firstScript } from "@/lib/session/page/first-script";

import "./globals.css";

const TITLE = "Vitrine";
const DESCRIPTION = "A browser playground for language models that think and call tools.";

const SCRIPT = firstScript();

export const metadata: Metadata = {
  title: TITLE,
  description: DESCRIPTION,
  applicationName: TITLE,
  manifest: "/manifest.webmanifest",
  icons: {
    icon: [
      { url: "/favicon.ico", sizes: "32x32" },
      { url: "/favicon.svg", type: "image/svg+xml" },
    ],
    apple: "/apple-touch-icon.png",
  },
};

export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme();
  const { light, dark } = THEME_COLORS;
  return {
    width: "device-width",
    initialScale: 1,
    viewportFit: "cover",
    themeColor:
      theme === "system"
        ? [
            { media: "(prefers-color-scheme: light)", color: light },
            { media: "(prefers-color-scheme: dark)", color: dark },
          ]
        : THEME_COLORS[theme],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A prerendered page has no nonces and would lose its scripts to the CSP.
  await connection();
  const theme = await chosenTheme();
  const nonce = (await headers()).get(NONCE_HEADER);
  return (
    <html lang="en" {...(theme === "system" ? {} : { "data-theme": theme })}>
      <head>
        {nonce === null ? null : (
          // An inline script waits for the stylesheets before it unless it is an asynchronous module. The browser hides a
          // nonce from whoever reads it in the page, React included.
          <script type="module" async nonce={nonce} suppressHydrationWarning>
            {SCRIPT}
          </script>
        )}
        {/* By hand: Next would write the address that it believes it has, and Vitrine has whatever one it is asked at. */}
        <meta property="og:type" content="website" />
        <meta property="og:title" content={TITLE} />
        <meta property="og:description" content={DESCRIPTION} />
        <meta property="og:image" content="/social.png" />
        <meta property="og:image:width" content="1200" />
        <meta property="og:image:height" content="630" />
        <meta property="og:image:alt" content="Vitrine: two lanes side by side in a glass case" />
        <meta name="twitter:card" content="summary_large_image" />
      </head>
      <body>{children}</body>
    </html>
  );
}

async function chosenTheme(): Promise<Theme> {
  const theme = (await cookies()).get("vitrine-theme")?.value;
  return theme === "light" || theme === "dark" ? theme : "system";
}
