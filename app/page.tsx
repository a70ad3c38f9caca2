import { cookies } from "next/headers";

import { PlaygroundPage } from "./playground-page";

export default async function Page() {
  const jar = await cookies();
  const theme = jar.get("vitrine-theme")?.value;
  return (
    <PlaygroundPage
      theme={theme === "light" || theme === "dark" ? theme : "system"}
      isKnown={jar.has("vitrine-known")}
      keepsThoughts={jar.get("vitrine-thoughts")?.value === "open"}
    />
  );
}
