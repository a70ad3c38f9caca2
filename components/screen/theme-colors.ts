export type Theme = "system" | "light" | "dark";

/** The ground of the page in each theme, as `globals.css` has it, for what the browser draws around it. */
export const THEME_COLORS = { light: "#fbfbfa", dark: "#131312" } as const;
