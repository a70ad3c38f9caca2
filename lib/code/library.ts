/** The libraries that the programs are written for. The tests run the programs with exactly these. */
export const LIBRARIES = {
  openaiPython: { name: "openai", version: "3.57.0", least: "3.10" },
  anthropicPython: { name: "anthropic", version: "2.14.0", least: "3.10" },
  geminiPython: { name: "google-genai", version: "3.6.1", least: "3.11" },
  openaiNode: { name: "openai", version: "7.59.0", least: "22.18" },
  anthropicNode: { name: "@anthropic-ai/sdk", version: "1.14.0", least: "22.18" },
  geminiNode: { name: "@google/genai", version: "3.3.0", least: "22.18" },
  aiSdk: { name: "ai", version: "7.0.173", least: "22.18" },
  aiSdkChat: { name: "@ai-sdk/openai-compatible", version: "3.0.92", least: "22.18" },
  aiSdkResponses: { name: "@ai-sdk/openai", version: "4.0.118", least: "22.18" },
  aiSdkMessages: { name: "@ai-sdk/anthropic", version: "4.0.105", least: "22.18" },
  aiSdkGemini: { name: "@ai-sdk/google", version: "4.0.121", least: "22.18" },
} as const;

/** A library, its version, and the oldest Python or Node for it. Node 22.18 is the first that runs TypeScript as it is. */
export type Library = { readonly name: string; readonly version: string; readonly least: string };
