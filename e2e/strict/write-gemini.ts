import { type Ledger, sign, type StrictAnswer } from "./strict-dialect";

/** Gemini's stream, with its CRLF line ends: a thought, an event that nobody knows, text, whole calls. */
export function writeGemini(
  { thought, calls, text, isPlain = false }: StrictAnswer,
  ledger: Ledger,
): readonly string[] {
  const called = calls.map(({ name, args }, index) => {
    const id = `fc${String(ledger.next())}`;
    ledger.calls.add(id);
    // Only the first of parallel calls carries a signature.
    return { functionCall: { id, name, args }, ...(index === 0 ? { thoughtSignature: sign(ledger) } : {}) };
  });
  return [
    chunk([{ text: thought, thought: true }]),
    ...(isPlain ? [] : ['event: telepathy\r\ndata: {"wave":1}\r\n\r\n']),
    ...(text === "" ? [] : [chunk([{ text }])]),
    chunk(called.length > 0 ? called : [{ text: "", thoughtSignature: sign(ledger) }], "STOP"),
  ];
}

function chunk(parts: readonly object[], finishReason?: string): string {
  const finish = finishReason === undefined ? {} : { finishReason };
  const data = {
    candidates: [{ content: { parts, role: "model" }, index: 0, ...finish }],
    usageMetadata: {
      promptTokenCount: 40,
      candidatesTokenCount: 20,
      thoughtsTokenCount: 10,
      totalTokenCount: 70,
    },
    modelVersion: "gemini-scripted",
    responseId: "r",
  };
  return `data: ${JSON.stringify(data)}\r\n\r\n`;
}
