import type { ThemeRegistrationRaw } from "shiki/core";

import { TOKEN_SCOPES } from "./token-classes";

/** The theme's colors are numbers of token classes in disguise: real colors come from the page's own theme. */
function colorOf(token: number): string {
  return `#00000${token}`;
}

/** The token class that a color of the theme stands for. */
export function tokenOf(color: string | undefined): number {
  return color === undefined ? 0 : Number(color.at(-1));
}

export const THEME: ThemeRegistrationRaw = {
  name: "vitrine",
  type: "light",
  fg: colorOf(0),
  bg: "#ffffff",
  settings: TOKEN_SCOPES.map(({ token, scopes }) => ({
    scope: [...scopes],
    settings: { foreground: colorOf(token) },
  })),
};
