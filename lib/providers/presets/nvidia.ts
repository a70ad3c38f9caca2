import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const nvidia: Provider = {
  id: "nvidia",
  label: "NVIDIA",
  baseUrl: "https://integrate.api.nvidia.com/v1",
  baseUrlEnv: "NVIDIA_BASE_URL",
  keyEnv: "NVIDIA_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: build.nvidia.com",
  speaks: [{ dialect: "chat-completions", quirks: chatQuirks() }],
};
