import type { Dialect, GeminiQuirks } from "@/lib/providers/provider";

import { geminiPath } from "./path";
import { openGemini } from "./reader";
import { writeGemini } from "./writer";

/** `POST …/models/MODEL:streamGenerateContent`: Gemini's own API, at AI Studio and at Vertex. */
export const gemini: Dialect<GeminiQuirks> = {
  id: "gemini",
  path: geminiPath,
  open: () => openGemini(),
  write: writeGemini,
};
