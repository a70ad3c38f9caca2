import { cookies } from "next/headers";

import { PlaygroundPage } from "./playground-page";

export default async function Page() {
  const theme = (await cookies()).get("vitrine-theme")?.value;
  return <PlaygroundPage theme={theme === "light" || theme === "dark" ? theme : "system"} />;
}
