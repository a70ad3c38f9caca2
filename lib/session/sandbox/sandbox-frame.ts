/** One frame of the sandbox: made for one job and removed after it. */
import * as z from "zod/mini";

import {
  SANDBOX_PATH,
  type SandboxJob,
  frameMessageSchema,
  workerMessageSchema,
} from "@/lib/contract/sandbox";

/** More would only slow each other down: each is a process of its own in most browsers. */
const MOST_FRAMES = 4;
const PING_MS = 1000;
/** Pings without an answer after which the frame's process is gone. The code's own thread does not hold answers up. */
const MOST_LOST = 5;

export type FrameMessage =
  | z.infer<typeof frameMessageSchema>
  | z.infer<typeof workerMessageSchema>
  | { readonly type: "gone" };

export type SandboxFrame = {
  /** Ends whatever runs in it, at once. */
  readonly remove: () => void;
};

const waiting: (() => void)[] = [];
let open = 0;

/** Resolves when one more frame may be made; false where the signal aborted first. `leaveFrame` must follow a true. */
export async function enterFrame(signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  if (open < MOST_FRAMES) {
    open += 1;
    return true;
  }
  return new Promise((resolve) => {
    const go = () => {
      signal.removeEventListener("abort", leave);
      resolve(true);
    };
    const leave = () => {
      waiting.splice(waiting.indexOf(go), 1);
      resolve(false);
    };
    waiting.push(go);
    signal.addEventListener("abort", leave, { once: true });
  });
}

/** Makes room for the next frame. */
export function leaveFrame(): void {
  const next = waiting.shift();
  if (next === undefined) open -= 1;
  else next();
}

/** Begins a job in a frame of its own. What it says is checked: code that a person runs may say anything. */
export function openFrame(job: SandboxJob, onMessage: (message: FrameMessage) => void): SandboxFrame {
  const frame = document.createElement("iframe");
  const control = new MessageChannel();
  const worker = new MessageChannel();
  let lost = 0;
  let pings: ReturnType<typeof setInterval> | undefined;
  listen(control.port1, frameMessageSchema, (message) => {
    lost = 0;
    if (message.type !== "pong") onMessage(message);
  });
  listen(worker.port1, workerMessageSchema, onMessage);

  frame.hidden = true;
  frame.title = "Sandbox";
  frame.setAttribute("sandbox", "allow-scripts");
  frame.src = SANDBOX_PATH;
  frame.addEventListener(
    "load",
    () => {
      // The frame has no origin that could be named; the page's policy keeps it where it is.
      frame.contentWindow?.postMessage(job, "*", [control.port2, worker.port2]);
      pings = setInterval(() => {
        control.port1.postMessage("ping");
        lost += 1;
        if (lost > MOST_LOST) onMessage({ type: "gone" });
      }, PING_MS);
    },
    { once: true },
  );
  document.body.append(frame);
  return {
    remove: () => {
      clearInterval(pings);
      control.port1.close();
      worker.port1.close();
      frame.remove();
    },
  };
}

function listen<Message>(
  port: MessagePort,
  schema: z.ZodMiniType<Message>,
  onMessage: (message: Message) => void,
): void {
  port.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const parsed = z.safeParse(schema, data);
    if (parsed.success) onMessage(parsed.data);
  });
  port.start();
}
