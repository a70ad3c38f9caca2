import { describe, expect, it } from "vitest";

import { below, type Code, insideOf, nameOf, NOTHING, remark, textOf } from "./code";
import { jsonLines, python, shell, typescript } from "./languages";

const lines = (...texts: readonly string[]): string => `${texts.join("\n")}\n`;

describe("a template", () => {
  it("prints its holes as values and keeps its own words as code", () => {
    const call = python`print(${'") or quit("'}, ${[1, true, null]}, ${{ a: "b" }})`;
    expect(textOf(call)).toBe(lines(String.raw`print("\") or quit(\"", [1, True, None], {"a": "b"})`));
  });

  it("indents code of several lines as the line on which it stands", () => {
    const body = typescript`
      first();
      if (x) {
        second();
      }`;
    expect(
      textOf(typescript`
        for (;;) {
          ${body}
        }`),
    ).toBe(lines("for (;;) {", "  first();", "  if (x) {", "    second();", "  }", "}"));
  });

  it("drops a line that holds nothing, and keeps the gaps that stand in it", () => {
    expect(
      textOf(python`
        one
        ${NOTHING}
        two

        three`),
    ).toBe(lines("one", "two", "", "three"));
  });

  it("takes no text of a request as a name", () => {
    expect(() => nameOf("os; import")).toThrow('"os; import" is no identifier');
    expect(insideOf(python`${nameOf("a_1")}=${1}`)).toBe("a_1=1");
  });

  it("keeps the words of a comment on its line", () => {
    expect(insideOf(python`# ${remark("a\nimport os\u2028b\r")}`)).toBe("# a?import os?b?");
  });

  it("never takes an object of a request for code", () => {
    const forged: Code | { readonly "Symbol(code)": string } = JSON.parse('{"Symbol(code)":"quit()"}');
    expect(insideOf(python`${forged}`)).toBe('{"Symbol(code)": "quit()"}');
  });

  it("sets pieces below each other without those that are nothing", () => {
    expect(insideOf(below([python`a`, NOTHING, python`b`], 1))).toBe("a\n\nb");
  });
});

describe("a text", () => {
  const text = "\"'\\ `${x}` $HOME </script> é 日本 \u2028 \u200B \u00A0 \u{E0041} 👍\r\t";

  it.each([
    [
      python,
      String.raw`"\"'\\ ${"`"}${"$"}{x}${"`"} $HOME </script> é 日本 \u2028 \u200b \u00a0 \U000e0041 👍\r\t"`,
    ],
    [
      typescript,
      String.raw`"\"'\\ ${"`"}${"$"}{x}${"`"} $HOME <\/script> é 日本 \u2028 \u200b \u00a0 \udb40\udc41 👍\r\t"`,
    ],
  ])("stands in one literal, in which every character can be seen", (template, expected) => {
    expect(insideOf(template`${text}`)).toBe(expected);
  });

  it("stands in a shell between single quotes", () => {
    expect(insideOf(shell`echo ${'it\'s $HOME `x` \\ "y"'}`)).toBe(
      String.raw`echo 'it'\''s $HOME ${"`"}x${"`"} \ "y"'`,
    );
  });

  it("of many lines stands on as many", () => {
    const long = `${"a".repeat(50)}\n${"b".repeat(50)}\n`;
    expect(insideOf(python`x = ${long}`)).toBe(
      `x = (\n    "${"a".repeat(50)}\\n"\n    "${"b".repeat(50)}\\n"\n)`,
    );
    expect(insideOf(typescript`const x = ${long};`)).toBe(
      `const x = "${"a".repeat(50)}\\n" +\n  "${"b".repeat(50)}\\n";`,
    );
  });

  it("in JSON keeps its escapes, and gets one for each character that cannot be seen", () => {
    expect(insideOf(jsonLines`${String.raw`{"a\\u200b": "\"b${"\u202E\u{E0041}"}\n", "c": 1}`}`)).toBe(
      String.raw`{"a\\u200b": "\"b\u202e\udb40\udc41\n", "c": 1}`,
    );
  });
});

it("a key that would set the prototype is computed in TypeScript, so that it is a key like any other", () => {
  const value = JSON.parse('{"__proto__":{"a":1},"from":2,"b-c":3}');
  expect(insideOf(typescript`${value}`)).toBe('{ ["__proto__"]: { a: 1 }, from: 2, "b-c": 3 }');
});
