/**
 * Fields of a Gemini answer that are read, or are metadata and ignored on purpose. Any other that says something is
 * named. Sources: https://ai.google.dev/api/generate-content and Vertex's GenerateContentResponse.
 */
import { knownFields } from "@/lib/providers/dialects/shared/unknown-fields";

export const CHUNK_FIELDS = knownFields(
  "candidates:list|object promptFeedback usageMetadata modelVersion responseId error createTime modelStatus",
);

/** Ratings and probabilities are about the text, and so is what was read of URLs in the prompt. */
export const CANDIDATE_FIELDS = knownFields(
  "content:object|list|text finishReason:text finishMessage index groundingMetadata citationMetadata continuationToken",
  "safetyRatings avgLogprobs logprobsResult tokenCount groundingAttributions urlContextMetadata",
);

export const CONTENT_FIELDS = knownFields("parts:list|object|text role");

/** `partMetadata`, `mediaResolution` and `videoMetadata` describe the data beside them. */
export const PART_FIELDS = knownFields(
  "text:text functionCall:object executableCode:object codeExecutionResult:object toolCall:object",
  "toolResponse:object inlineData:object fileData:object",
  "thought thoughtSignature partMetadata mediaResolution videoMetadata",
);

export const CALL_FIELDS = knownFields("id name:text args partialArgs:list willContinue");
