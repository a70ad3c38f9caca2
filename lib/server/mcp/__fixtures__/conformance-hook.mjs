// @ts-check
/** Lets Node 20 load the conformance suite, which imports a function that only younger ones have and that is not used here. */
import { register } from "node:module";

const hook = `export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!/\\/conformance[^/]*\\/dist\\/index\\.js$/.test(url)) return loaded;
  let name = "unused";
  const source = String(loaded.source).replace(/globSync as ([\\w$]+),?/, (_all, local) => {
    name = local;
    return "";
  });
  return { ...loaded, source: source + ";function " + name + "() { return []; }" };
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
