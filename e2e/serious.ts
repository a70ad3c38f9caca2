import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe finds on the page that is serious or worse, as short lines. */
export async function serious(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    // The size of targets is WCAG 2.2 AA, which axe leaves out unless it is asked for.
    .options({ rules: { "target-size": { enabled: true }, "heading-order": { enabled: true } } })
    .analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

/** The same in light and in dark. */
export async function seriousInBothThemes(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await serious(page)).map((line) => `${colorScheme}: ${line}`));
  }
  return found;
}
