import type { Provider } from "@/lib/providers/provider";

import { chatQuirks } from "./chat-quirks";

export const alibaba: Provider = {
  id: "alibaba",
  label: "Alibaba Model Studio",
  baseUrl: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
  baseUrlEnv: "DASHSCOPE_BASE_URL",
  keyEnv: "DASHSCOPE_API_KEY",
  auth: { kind: "bearer" },
  location: { kind: "hosted" },
  hint: "Keys: modelstudio.console.alibabacloud.com",
  speaks: [
    {
      dialect: "chat-completions",
      quirks: chatQuirks({
        effortShape: "enable-thinking",
        toolChoice: "auto-while-thinking",
        thinkingLimitShape: "thinking-budget",
      }),
    },
  ],
};
