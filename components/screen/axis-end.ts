const FIRST_MS = 500;
const FACTORS = [1, 1.2, 1.6, 2, 3, 4, 6, 8] as const;

/** The end of a time axis that holds `lengthMs`: 0.5, 0.6, 0.8, 1, 1.5, 2, 3, 4, 5 … s, so that it grows in rare steps and never with each frame. */
export function axisEndMs(lengthMs: number): number {
  for (let decade = FIRST_MS; ; decade *= 10) {
    for (const factor of FACTORS) if (decade * factor >= lengthMs) return decade * factor;
  }
}
