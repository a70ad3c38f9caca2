/** The tool that a call refers to. Some servers send white space around the name, which is shown as received. */
export function calledName({ name }: { readonly name: string }): string {
  return name.trim();
}
