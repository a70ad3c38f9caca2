import type { Metadata } from "next";
import { cookies } from "next/headers";

import { VerifyPage } from "./verify-page";

export const metadata: Metadata = { title: "Verify · Vitrine" };

export default async function Page() {
  const theme = (await cookies()).get("vitrine-theme")?.value;
  return <VerifyPage theme={theme === "light" || theme === "dark" ? theme : "system"} />;
}
