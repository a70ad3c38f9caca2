import { checkArguments } from "./check-arguments";
import type { CheckReply, CheckRequest } from "./check-messages";

addEventListener("message", (event: MessageEvent<CheckRequest>) => {
  const { id, parameters, input } = event.data;
  reply({ type: "checked", id, check: checkArguments(parameters, input) });
});

reply({ type: "ready" });

function reply(message: CheckReply): void {
  postMessage(message);
}
