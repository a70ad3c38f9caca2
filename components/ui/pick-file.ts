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
