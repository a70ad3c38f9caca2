import { gzip } from "./gzip";
import type { GzipReply, GzipRequest } from "./gzip-in-worker";

addEventListener("message", (event: MessageEvent<GzipRequest>) => {
  const { id, bytes } = event.data;
  void gzip(bytes).then((packed) => reply({ id, packed }));
});

function reply(message: GzipReply): void {
  postMessage(message, { transfer: [message.packed.buffer] });
}
