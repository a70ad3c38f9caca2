import { ONE_PAGE } from "@/lib/providers/dialects/shared/one-page";
import type { ChatQuirks, Dialect } from "@/lib/providers/provider";

import { openChatCompletions } from "./reader";
import { writeChatCompletions } from "./writer";

/** `POST …/chat/completions`: what llama.cpp, the local servers and nearly every hosted provider speak. */
export const chatDialect: Dialect<ChatQuirks> = {
  id: "chat-completions",
  modelPages: ONE_PAGE,
  path: () => "/chat/completions",
  open: openChatCompletions,
  write: writeChatCompletions,
};
