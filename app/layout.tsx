import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";

import "./globals.css";

export const metadata: Metadata = {
  title: "Vitrine",
  description: "A browser playground for language models that think and call tools.",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, viewportFit: "cover" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A prerendered page has no nonces and would lose its scripts to the CSP.
  await connection();
  const theme = (await cookies()).get("vitrine-theme")?.value;
  return (
    <html lang="en" {...(theme === "light" || theme === "dark" ? { "data-theme": theme } : {})}>
      <body>{children}</body>
    </html>
  );
}
