/** What a request changed of the words a person gave: prompts, images and results of calls. */
const OWN_WORDS = [
  /^An empty prompt is sent as/u,
  /^A prompt that got no answer/u,
  /\b(?:got|had) no result\b|^No result was given/u,
  /\bimages?\b/iu,
];

/**
 * Whether a note on a request is about words that a person gave. Those stay next to the answer. Notes on how the
 * history was written for this provider are shown with the request.
 */
export function isAboutOwnWords(note: string): boolean {
  return OWN_WORDS.some((pattern) => pattern.test(note));
}
