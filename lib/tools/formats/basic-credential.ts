/** What a header sends of a name and password, "name:password". Pure. */
export function basicCredential(login: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(login.slice(0, 1_000))));
}
