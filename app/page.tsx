import { cookies, headers } from "next/headers";

import { NONCE_HEADER } from "@/lib/contract/access";
import { firstScript } from "@/lib/session/page/first-script";

import { PlaygroundPage } from "./playground-page";

const SCRIPT = firstScript();

export default async function Page() {
  const jar = await cookies();
  const theme = jar.get("vitrine-theme")?.value;
  const nonce = (await headers()).get(NONCE_HEADER) ?? "";
  return (
    <>
      {/* The browser hides a nonce from whoever reads it in the page, React included. */}
      <script nonce={nonce} suppressHydrationWarning>
        {SCRIPT}
      </script>
      <PlaygroundPage
        theme={theme === "light" || theme === "dark" ? theme : "system"}
        isKnown={jar.has("vitrine-known")}
      />
    </>
  );
}
