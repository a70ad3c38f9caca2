import { cookies } from "next/headers";

import { Playground } from "@/components/screen/playground";

export default async function Page() {
  const theme = (await cookies()).get("vitrine-theme")?.value;
  return <Playground theme={theme === "light" || theme === "dark" ? theme : "system"} />;
}
