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
