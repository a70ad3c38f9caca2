import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { loadedPart } from "./loaded-part";

it("a part whose code was fetched beforehand is drawn at once, and is fetched once", async () => {
  const fetched: Promise<() => React.JSX.Element>[] = [];
  const Part = loadedPart(() => {
    const load = Promise.resolve(() => <p>Here</p>);
    fetched.push(load);
    return load;
  });
  Part.preload();
  await Promise.all(fetched);
  await Promise.resolve();
  expect([renderToStaticMarkup(<Part />), renderToStaticMarkup(<Part />)]).toEqual([
    "<p>Here</p>",
    "<p>Here</p>",
  ]);
  expect(fetched.length).toBe(1);
});
