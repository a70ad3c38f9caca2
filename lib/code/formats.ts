import { type Code, textOf } from "./code";
import { curl } from "./curl";
import { LIBRARIES, type Library } from "./library";
import { pythonChat } from "./python/python-chat";
import { pythonGemini } from "./python/python-gemini";
import { pythonMessages } from "./python/python-messages";
import { pythonResponses } from "./python/python-responses";
import { hasHalfCharacter, type SentRequest } from "./sent-request";
import { aiSdk } from "./typescript/ai-sdk";
import { typescriptChat } from "./typescript/typescript-chat";
import { typescriptGemini } from "./typescript/typescript-gemini";
import { typescriptMessages } from "./typescript/typescript-messages";
import { typescriptResponses } from "./typescript/typescript-responses";

/** A form in which a request can be copied as a program. */
export type CodeFormat = {
  readonly id: "curl" | "python" | "typescript" | "ai-sdk";
  /** As it stands in a menu: the language, and the library. */
  readonly label: string;
  readonly text: string;
};

type Draft = { readonly id: CodeFormat["id"]; readonly label: string; readonly code: Code | null };

/** The programs that send this request, as far as their libraries can. `vitrine`: its version. */
export function codeFormats(sent: SentRequest, vitrine: string): readonly CodeFormat[] {
  // JSON can hold half a character. Python's libraries write UTF-8, which cannot.
  const libraries = hasHalfCharacter(sent.request)
    ? [typescriptOf, aiSdkOf]
    : [pythonOf, typescriptOf, aiSdkOf];
  const drafts: readonly Draft[] = [
    { id: "curl", label: "curl", code: curl(sent) },
    ...libraries.map((write) => write(sent, vitrine)),
  ];
  return drafts.flatMap(({ id, label, code }) => (code === null ? [] : [{ id, label, text: textOf(code) }]));
}

function pythonOf(sent: SentRequest, vitrine: string): Draft {
  const { speech } = sent;
  switch (speech.dialect) {
    case "chat-completions":
      return draft("python", LIBRARIES.openaiPython, pythonChat(sent, speech.quirks, vitrine));
    case "responses":
      return draft("python", LIBRARIES.openaiPython, pythonResponses(sent, vitrine));
    case "anthropic":
      return draft("python", LIBRARIES.anthropicPython, pythonMessages(sent, vitrine));
    case "gemini":
      return draft("python", LIBRARIES.geminiPython, pythonGemini(sent, vitrine));
  }
}

function typescriptOf(sent: SentRequest, vitrine: string): Draft {
  const { speech } = sent;
  switch (speech.dialect) {
    case "chat-completions":
      return draft("typescript", LIBRARIES.openaiNode, typescriptChat(sent, speech.quirks, vitrine));
    case "responses":
      return draft("typescript", LIBRARIES.openaiNode, typescriptResponses(sent, vitrine));
    case "anthropic":
      return draft("typescript", LIBRARIES.anthropicNode, typescriptMessages(sent, vitrine));
    case "gemini":
      return draft("typescript", LIBRARIES.geminiNode, typescriptGemini(sent, vitrine));
  }
}

function aiSdkOf(sent: SentRequest, vitrine: string): Draft {
  return { id: "ai-sdk", label: "TypeScript (AI SDK)", code: aiSdk(sent, vitrine) };
}

const LANGUAGES = { python: "Python", typescript: "TypeScript" } as const;

function draft(id: keyof typeof LANGUAGES, { name }: Library, code: Code | null): Draft {
  return { id, label: `${LANGUAGES[id]} (${name})`, code };
}
