import type { ThemeRegistrationRaw } from "shiki/core";

import { TOKEN_SCOPES } from "./token-classes";

/** The theme's colours are numbers of token classes in disguise: real colours come from the page's own theme. */
function colourOf(token: number): string {
  return `#00000${token}`;
}

/** The token class that a colour of the theme stands for. */
export function tokenOf(colour: string | undefined): number {
  return colour === undefined ? 0 : Number(colour.at(-1));
}

export const THEME: ThemeRegistrationRaw = {
  name: "vitrine",
  type: "light",
  fg: colourOf(0),
  bg: "#ffffff",
  settings: TOKEN_SCOPES.map(({ token, scopes }) => ({
    scope: [...scopes],
    settings: { foreground: colourOf(token) },
  })),
};
