import type { ChatQuirks, Dialect } from "../provider";
import { openChatCompletions } from "./chat-completions-reader";
import { writeChatCompletions } from "./chat-completions-writer";

/** `POST …/chat/completions`: what llama.cpp, the local servers and nearly every hosted provider speak. */
export const chatCompletions: Dialect<ChatQuirks> = {
  id: "chat-completions",
  path: () => "/chat/completions",
  open: openChatCompletions,
  write: writeChatCompletions,
};
