import * as fc from "fast-check";
import { expect, it } from "vitest";

import { arbitraryExchange } from "@/lib/tape/formats/__fixtures__/arbitrary-exchange";

import { readGoVcr } from "./read-go-vcr";
import { writeGoVcr } from "./write-go-vcr";

it("exchanges that are written as go-vcr are read as they were: bytes, reads, times, end", () => {
  fc.assert(
    fc.property(fc.array(arbitraryExchange, { maxLength: 3 }), (exchanges) => {
      const read = readGoVcr(writeGoVcr(exchanges).content);
      expect(read.ok ? read.exchanges.map(({ exchange }) => exchange) : read.reason).toEqual(exchanges);
    }),
  );
});
