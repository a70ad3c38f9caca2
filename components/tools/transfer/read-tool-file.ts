/** Larger files hold no tools that anyone wrote. */
const MOST_BYTES = 16_000_000;

export type OpenedFile =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/** The text of a file that a person chose or dropped. Never rejects. */
export async function readToolFile(file: File): Promise<OpenedFile> {
  if (file.size > MOST_BYTES) return { ok: false, message: `${file.name} is larger than 16 MB.` };
  try {
    return { ok: true, text: await file.text() };
  } catch {
    return { ok: false, message: `${file.name} could not be read.` };
  }
}
