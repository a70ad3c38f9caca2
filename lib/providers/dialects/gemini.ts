import type { Dialect, GeminiQuirks } from "../provider";
import { geminiPath } from "./gemini-path";
import { openGemini } from "./gemini-reader";
import { writeGemini } from "./gemini-writer";

/** `POST …/models/MODEL:streamGenerateContent`: Gemini's own API, at AI Studio and at Vertex. */
export const gemini: Dialect<GeminiQuirks> = {
  id: "gemini",
  path: geminiPath,
  open: () => openGemini(),
  write: writeGemini,
};
