import type { JavaScriptRun } from "@/lib/tools/run-binding";
import type { ToolRunEvents } from "@/lib/tools/tool-run";

/** Runs a person's code in the sandbox of the page. What does so is fetched with the first run. */
export async function* javaScriptHost(run: JavaScriptRun): ToolRunEvents {
  const loaded = await import("./run-javascript").catch(() => null);
  if (loaded === null)
    yield {
      type: "fail",
      message:
        "The sandbox could not be fetched from Vitrine's server. Check that it is running, and run the tool again.",
    };
  else yield* loaded.runJavaScript(run);
}
