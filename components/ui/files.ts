/** Offers JSON text as a file to save. */
export function downloadText(fileName: string, text: string): void {
  downloadBytes(fileName, text, "application/json");
}

/** Offers this content as a file to save. */
export function downloadBytes(fileName: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken the bytes once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** Lets a person choose a file with one of these endings. Calls nothing where none was chosen. Needs a press. */
export function pickFile(endings: readonly string[], onFile: (file: File) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = endings.join(",");
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file !== undefined) onFile(file);
  });
  input.click();
}
