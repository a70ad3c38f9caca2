/** The tool that a call means. Some servers send white space around the name; it is shown as it came. */
export function calledName({ name }: { readonly name: string }): string {
  return name.trim();
}
