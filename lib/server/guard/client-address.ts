/** Where a request comes from. Next does not say, and what a header says anybody can write. */
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";

import ipaddr from "ipaddr.js";

const ADDRESS_HEADER = "x-vitrine-address";

/** Has every request of this process carry its socket's address in a header; one that was sent is replaced. */
export function markAddresses(): void {
  subscribe("http.server.request.start", (event) => {
    if (typeof event !== "object" || event === null || !("request" in event)) return;
    const { request } = event;
    if (request instanceof IncomingMessage) {
      request.headers[ADDRESS_HEADER] = request.socket.remoteAddress ?? "unknown";
    }
  });
}

/** The address a request came from, as far as its sender cannot choose it: of an IPv6 address the network. */
export function clientAddress(headers: Headers): string {
  const text = headers.get(ADDRESS_HEADER) ?? "unknown";
  if (!ipaddr.isValid(text)) return "unknown";
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`);
  return `${network.toString()}/64`;
}
