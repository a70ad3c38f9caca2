import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { buildUnknown } from "@/lib/stream/turn/__fixtures__/build-step";

import { UnknownCard } from "./unknown-card";

it("the card names the type of an unknown part and shows what it holds", () => {
  const html = renderToStaticMarkup(<UnknownCard part={buildUnknown()} />);
  expect(html).toContain('aria-label="Unknown part: future_item"');
  expect(html).toContain("so it is shown as received");
  expect(html).toMatch(/note.*new/su);
});

it("the card shows markup and hidden characters of an unknown part as text", () => {
  const payload = "<img src=x onerror=alert(1)>\u202E";
  const html = renderToStaticMarkup(
    <UnknownCard part={buildUnknown({ name: payload, json: { [payload]: payload } })} />,
  );
  expect(html).not.toContain("<img");
  expect(html).not.toContain("\u202E");
});
