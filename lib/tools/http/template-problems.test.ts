import { describe, expect, it } from "vitest";

import { templateProblems } from "./template-problems";

const request = (part: object) => ({
  method: "POST" as const,
  url: "https://a.example/{{city}}",
  headers: [],
  body: null,
  ...part,
});

describe("the problems of a request that is written", () => {
  it("stand at the field that has them", () => {
    const headers = [
      { name: "x-city", value: "{{city}}" },
      { name: "two words", value: "x" },
      { name: "x-day", value: "{{day?}}" },
      { name: "host", value: "a" },
      { name: "", value: "" },
    ];
    expect(templateProblems(request({ headers, body: '{"a": {{trip.to}}}' }), ["city"])).toEqual({
      url: null,
      headers: [
        { name: null, value: null },
        { name: '"two words" is not the name of a header.', value: null },
        { name: null, value: 'The tool\'s schema has no argument "day".' },
        { name: 'The header "host" is set by Vitrine itself. Remove it from the tool.', value: null },
        { name: null, value: null },
      ],
      body: 'The tool\'s schema has no argument "trip.to".',
    });
  });

  it("are none for an inner argument, an optional one and a secret", () => {
    const url = "https://a.example/{{trip.to}}?day={{day?}}&key={{secret:KEY}}";
    expect(templateProblems(request({ url }), ["trip", "day"])).toEqual({
      url: null,
      headers: [],
      body: null,
    });
  });

  it("name an address that is none, and a body that GET cannot send, and not an empty field", () => {
    expect(templateProblems(request({ url: "ftp://a" }), []).url).toMatch(
      /^The address of the request must begin/u,
    );
    expect(templateProblems(request({ url: "" }), []).url).toBeNull();
    expect(templateProblems(request({ method: "GET", body: "x" }), ["city"]).body).toBe(
      "A GET request has no body. Use POST, or remove the body.",
    );
  });
});
