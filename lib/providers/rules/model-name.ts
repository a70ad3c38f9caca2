/**
 * A model id reduced to its family: without vendor path, route suffix (`:groq`) and case. "moonshotai/Kimi-K2:fastest"
 * → "kimi-k2". Ollama's size tags go the same way.
 */
export function modelName(id: string): string {
  const last = id.slice(id.lastIndexOf("/") + 1).toLowerCase();
  const colon = last.indexOf(":");
  return colon > 0 ? last.slice(0, colon) : last;
}
