import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";

import type { JsonObject } from "@/lib/stream/turn/json";
import type { HttpTemplate } from "@/lib/tools/tool";

import { readTemplate, renderRequest } from "./render-request";

const SECRETS = new Map([["KEY", "s3cret&value"]]);

function template(more: Partial<HttpTemplate>): HttpTemplate {
  return { method: "POST", url: "https://api.example/x", headers: [], body: null, ...more };
}

function render(more: Partial<HttpTemplate>, args: JsonObject = {}) {
  return renderRequest(template(more), { args, secrets: SECRETS });
}

function url(address: string, args: JsonObject = {}): string {
  const rendered = render({ url: address }, args);
  return rendered.ok ? rendered.request.url : rendered.message;
}

function body(text: string, args: JsonObject, contentType?: string): string | null {
  const headers = contentType === undefined ? [] : [{ name: "Content-Type", value: contentType }];
  const rendered = render({ body: text, headers }, args);
  return rendered.ok ? rendered.request.body : rendered.message;
}

describe("the address of a tool's request", () => {
  it.each([
    [
      "https://api.example/v1/{{city}}",
      { city: "São Paulo/?#&" },
      "https://api.example/v1/S%C3%A3o%20Paulo%2F%3F%23%26",
    ],
    [
      "https://api.example/?q={{ q }}&n={{n}}",
      { q: "a&b=c", n: 2.5 },
      "https://api.example/?q=a%26b%3Dc&n=2.5",
    ],
    [
      "https://api.example/?on={{on}}&none={{none}}",
      { on: false, none: null },
      "https://api.example/?on=false&none=",
    ],
    [
      "https://api.example/?at={{place.at}}",
      { place: { at: [1, 2] } },
      "https://api.example/?at=%5B1%2C2%5D",
    ],
    ["https://api.example/{{a.b}}", { "a.b": "whole" }, "https://api.example/whole"],
    ["https://api.example/?second={{list.1}}", { list: ["a", "b"] }, "https://api.example/?second=b"],
    ["HTTP://API.example:80?k={{secret:KEY}}#part", {}, "http://api.example/?k=s3cret%26value"],
    ["https://api.example/{{v}}", { v: "{{secret:KEY}}" }, "https://api.example/%7B%7Bsecret%3AKEY%7D%7D"],
  ])("%s is filled in and percent-encoded", (address, args, expected) => {
    expect(url(address, args)).toBe(expected);
  });

  it.each([
    "https://{{host}}/",
    "https://api.example{{host}}/",
    "https://api.example:{{port}}/",
    "{{url}}",
    "https://user:{{secret:KEY}}@api.example/",
    "https://user@api.example/",
    "https://good.example\\@evil.example/",
    "https://good.exa\nmple/",
    "https://good.example/a b",
    "ftp://api.example/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "//api.example/",
    "https:api.example/",
    "https:///api.example",
    "https://",
    "",
  ])("%j is refused in words, whatever the arguments are", (address) => {
    const rendered = render({ url: address }, { host: "evil.example", port: 1, url: "https://evil.example" });
    expect(rendered).toEqual({ ok: false, message: expect.stringMatching(/address/) });
    expect(readTemplate(template({ url: address }))).toEqual(rendered);
  });

  it.each([["."], [".."], ["../admin"], ["a/../../b"], ["..\\b"], [""], [null]])(
    "no argument moves through its path: %j",
    (id) => {
      expect(url("https://api.example/users/{{id}}/posts", { id })).toMatch(/^"id" would change the path/);
    },
  );

  it("two arguments do not make a step of the path together", () => {
    expect(url("https://api.example/{{a}}{{b}}/x", { a: ".", b: "." })).toBe(
      '"a", "b" would change the path of the request, because it is "..".',
    );
  });

  it("a placeholder stands whole in the path, whatever signs its name has", () => {
    expect(url("https://api.example/{{id?}}/b?q={{q}}", { id: "1", q: "2" })).toBe(
      "https://api.example/1/b?q=2",
    );
    expect(url("https://api.example/{{a#b}}", { "a#b": "1" })).toBe("https://api.example/1");
    expect(url("https://api.example/{{id?}}/b")).toBe(
      '"id?" would change the path of the request, because it is "".',
    );
  });

  it("half a character is refused in words", () => {
    expect(url("https://api.example/{{a}}", { a: "\uD800" })).toMatch(/half a character/);
  });

  it("any text stays in its place", () => {
    assert(
      property(string({ unit: "grapheme", minLength: 1 }), string({ unit: "grapheme" }), (id, q) => {
        const rendered = render({ url: "https://api.example/a/{{id}}/b?q={{q}}&z=1" }, { id, q });
        if (!rendered.ok) return /(?:^|[/\\])\.{1,2}(?:[/\\]|$)/u.test(id);
        const read = new URL(rendered.request.url);
        const steps = read.pathname.split("/");
        return (
          read.host === "api.example" &&
          steps.length === 4 &&
          decodeURIComponent(steps[2] ?? "") === id &&
          [...read.searchParams.keys()].join() === "q,z" &&
          read.searchParams.get("q") === q
        );
      }),
    );
  });
});

describe("missing arguments", () => {
  it("are named, all of them, wherever they stand", () => {
    const rendered = render({
      url: "https://api.example/{{city}}?q={{a.b}}",
      headers: [{ name: "x-a", value: "{{city}} {{day}}" }],
      body: '{"n":"{{n}}","proto":"{{__proto__}}","inherited":"{{toString}}"}',
    });
    expect(rendered).toEqual({
      ok: false,
      message:
        'The arguments "city", "a.b", "day", "n", "__proto__", "toString" are missing, and the request needs them.',
    });
  });

  it("that may be missing take their parameter, header or member with them", () => {
    const request = {
      url: "https://api.example/x?a={{a?}}&b={{ b? }}&c=1",
      headers: [{ name: "X-A", value: "{{a?}}" }],
      body: '{"a": "{{a?}}", "b": ["{{b?}}"], "c": "c {{c?}}"}',
    };
    const sent = (args: JsonObject) => {
      const rendered = render(request, args);
      return rendered.ok
        ? [rendered.request.url, rendered.request.headers.get("x-a"), rendered.request.body]
        : rendered.message;
    };
    expect(sent({ b: 2 })).toEqual(["https://api.example/x?b=2&c=1", undefined, '{"b":[2],"c":"c "}']);
    expect(sent({ a: "x", c: "y" })).toEqual([
      "https://api.example/x?a=x&c=1",
      "x",
      '{"a":"x","b":[null],"c":"c y"}',
    ]);
    expect(url("https://api.example/x?a={{a?}}")).toBe("https://api.example/x");
  });

  it("one is named alone, and a secret that the server lacks is called so", () => {
    expect(url("https://api.example/{{city}}")).toBe(
      'The argument "city" is missing, and the request needs it.',
    );
    expect(url("https://api.example/{{secret:NO}}")).toBe('The server has no "secret:NO".');
  });
});

describe("the headers of a tool's request", () => {
  it("hold arguments and secrets, by lower-case name", () => {
    const headers = [
      { name: "Authorization", value: "Bearer {{secret:KEY}}" },
      { name: "X-A", value: "{{a}}" },
      { name: "x-a", value: "é" },
    ];
    const rendered = render({ headers }, { a: 1 });
    expect(rendered.ok && [...rendered.request.headers]).toEqual([
      ["authorization", "Bearer s3cret&value"],
      ["x-a", "1, é"],
    ]);
  });

  it.each([["a\r\nx-evil: 1"], ["a\nb"], ["a\0b"], ["a\u007Fb"], ["\u2028"], ["日本"], ["a\u0085b\u0001"]])(
    "no argument adds a header: %j",
    (value) => {
      const rendered = render({ headers: [{ name: "X-A", value: "v{{value}}v" }] }, { value });
      expect(rendered).toEqual({
        ok: false,
        message:
          'The header "X-A" would contain a line break or another character that no header can hold. Send that argument in the body or in the address.',
      });
    },
  );

  it.each([
    "Host",
    "content-length",
    "Transfer-Encoding",
    "Connection",
    "Proxy-Authorization",
    "Expect",
    "TE",
  ])("%s is Vitrine's own", (name) => {
    expect(render({ headers: [{ name, value: "1" }] })).toEqual({
      ok: false,
      message: `The header "${name}" is set by Vitrine itself. Remove it from the tool.`,
    });
  });

  it.each(["", "a b", "a:b", "a\nb", "{{a}}"])("%j is not the name of one", (name) => {
    expect(render({ headers: [{ name, value: "1" }] }, { a: "host" })).toEqual({
      ok: false,
      message: `"${name}" is not the name of a header.`,
    });
  });
});

function typeOf(text: string) {
  const rendered = render({ body: text });
  return rendered.ok && rendered.request.headers.get("content-type");
}

describe("the body of a tool's request", () => {
  it.each([
    ['{"q":"{{q}}","text":"Hello {{q}}"}', { q: 'a"b' }, '{"q":"a\\"b","text":"Hello a\\"b"}'],
    ['{"n":"{{n}}","list":["{{list}}"]}', { n: 1, list: [true, null] }, '{"n":1,"list":[[true,null]]}'],
    ['{"n":{{n}},"o":{{ o }}}', { n: null, o: { a: 1 } }, '{"n":null,"o":{"a":1}}'],
    ['{"s":{{s}}}', { s: '","evil":"1' }, '{"s":"\\",\\"evil\\":\\"1"}'],
    ['{"{{k}}":"{{secret:KEY}}"}', { k: "a" }, '{"a":"s3cret&value"}'],
    ['{"__proto__":"{{v}}"}', { v: "x" }, '{"__proto__":"x"}'],
    ["[{{a}},{{a}}]", { a: 1 }, "[1,1]"],
    ["{{text}}", { text: "as it is" }, "as it is"],
    ["say {{text}}", { text: { a: 1 } }, 'say {"a":1}'],
  ])("%s keeps its JSON", (text, args: JsonObject, expected) => {
    expect(body(text, args)).toBe(expected);
  });

  it("that is one placeholder is JSON where its header says so", () => {
    expect(body("{{all}}", { all: { a: ["b"] } }, "application/json; charset=utf-8")).toBe('{"a":["b"]}');
    expect(body("{{all}}", { all: "b" }, "application/vnd.api+json")).toBe('"b"');
  });

  it("that is a form is percent-encoded", () => {
    expect(body("a={{a}}&b=1", { a: "x&admin=1" }, "application/x-www-form-urlencoded")).toBe(
      "a=x%26admin%3D1&b=1",
    );
  });

  it("that is a form leaves out pairs whose argument may be missing, and takes no half of a character", () => {
    const form = "application/x-www-form-urlencoded";
    expect(body("a={{a?}}&b={{b?}}&c=x{{a?}}&d=1", { b: [1] }, form)).toBe("b=%5B1%5D&c=x&d=1");
    expect(body("a={{a}}", { a: "\uD800" }, form)).toMatch(/half a character/);
  });

  it("that is not the JSON its header says is refused in words", () => {
    expect(body('{"a":}', {}, "application/json")).toMatch(/^The body of the request is not JSON/);
  });

  it("says what it is unless a header does", () => {
    expect([typeOf("{}"), typeOf("hello")]).toEqual(["application/json", "text/plain;charset=utf-8"]);
  });

  it("has no place in a GET request", () => {
    expect(render({ method: "GET", body: "x" })).toEqual({
      ok: false,
      message: "A GET request has no body. Use POST, or remove the body.",
    });
  });
});

it("a template says where it goes and which secrets it wants before any argument is known", () => {
  expect(
    readTemplate(
      template({
        url: "https://API.example:8443/{{a}}?k={{secret:A}}",
        headers: [{ name: "x", value: "{{ secret: B }} {{secret:A}}" }],
        body: "{{secret:C}}",
      }),
    ),
  ).toEqual({ ok: true, origin: "https://api.example:8443", secrets: ["A", "B", "C"] });
});
