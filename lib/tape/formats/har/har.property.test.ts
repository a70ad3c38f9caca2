import * as fc from "fast-check";
import { expect, it } from "vitest";

import { arbitraryExchange } from "@/lib/tape/formats/__fixtures__/arbitrary-exchange";

import { readHar } from "./read-har";
import { writeHar } from "./write-har";

it("exchanges that are written as HAR are read as they were: bytes, reads, times, end", () => {
  fc.assert(
    fc.property(fc.array(arbitraryExchange, { maxLength: 3 }), (exchanges) => {
      const read = readHar(writeHar(exchanges, "1.0.0").content);
      expect(read.ok ? read.exchanges.map(({ exchange }) => exchange) : read.reason).toEqual(exchanges);
    }),
  );
});
