import type { syntaxTree } from "@codemirror/language";

/** A parsed text, as CodeMirror's language package hands it out. */
export type Tree = ReturnType<typeof syntaxTree>;
/** One node of it. */
export type SyntaxNode = Tree["topNode"];

/** A stretch of the text, in UTF-16 units. */
export type Range = { readonly from: number; readonly to: number };

const VALUES = new Set(["Object", "Array", "String", "Number", "True", "False", "Null"]);

/** Whether the node is a JSON value of any kind. */
export function isValue(node: SyntaxNode): boolean {
  return VALUES.has(node.name);
}

/** The value of a property, or null while it is not there yet. */
export function propertyValue(property: SyntaxNode): SyntaxNode | null {
  const last = property.lastChild;
  return last !== null && isValue(last) ? last : null;
}

/** The name of a property without its quotes; null while it is not a whole string. */
export function propertyName(property: SyntaxNode, text: string): string | null {
  const name = property.getChild("PropertyName");
  return name === null ? null : unquote(text.slice(name.from, name.to));
}

/** The value's children in order: properties of an object, items of an array. */
export function members(node: SyntaxNode): SyntaxNode[] {
  return node.name === "Object" ? node.getChildren("Property") : children(node).filter(isValue);
}

/**
 * Where in the text an error at a JSON pointer is shown. A scalar is marked whole; an object or array by the name that
 * leads to it (otherwise by its bracket), so that one mistake never underlines half the text. A pointer that leads
 * nowhere ends at the last place that is there. Pure.
 */
export function rangeAt(tree: Tree, text: string, pointer: string): Range {
  const root = children(tree.topNode).find(isValue);
  if (root === undefined) return { from: 0, to: text.length };
  let node = root;
  for (const key of pointerPath(pointer)) {
    const next = step(node, key, text);
    if (next === null) break;
    node = next;
  }
  if (node.name !== "Object" && node.name !== "Array") return { from: node.from, to: node.to };
  const name = node.parent?.getChild("PropertyName") ?? null;
  return name === null ? { from: node.from, to: node.from + 1 } : { from: name.from, to: name.to };
}

/** The path from the root to a value: property names and array indexes. Pure. */
export function pathTo(node: SyntaxNode, text: string): string[] {
  const path: string[] = [];
  for (let at: SyntaxNode | null = node; at !== null; at = at.parent) {
    const holder: SyntaxNode | null = at.parent;
    if (at.name === "Property") path.unshift(propertyName(at, text) ?? "");
    if (holder?.name === "Array" && isValue(at)) path.unshift(String(indexIn(holder, at)));
  }
  return path;
}

/** How many values of the array begin before the position. Pure. */
export function indexInArray(array: SyntaxNode, position: number): number {
  return members(array).filter((item) => item.to < position).length;
}

function indexIn(array: SyntaxNode, item: SyntaxNode): number {
  return members(array).findIndex((member) => member.from === item.from);
}

function step(node: SyntaxNode, key: string, text: string): SyntaxNode | null {
  if (node.name === "Array") return members(node)[Number(key)] ?? null;
  const property = members(node).find((member) => propertyName(member, text) === key);
  return property === undefined ? null : propertyValue(property);
}

function pointerPath(pointer: string): string[] {
  return pointer
    .replace(/^#/u, "")
    .split("/")
    .slice(1)
    .map((part) => safeDecode(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

// Pointers of validators are URI fragments; a lone "%" in a name is not.
function safeDecode(part: string): string {
  return /%(?![0-9a-f]{2})/iu.test(part) ? part : decodeURIComponent(part);
}

function unquote(quoted: string): string | null {
  if (!/^"(?:[^"\\\n]|\\.)*"$/u.test(quoted)) return null;
  return quoted
    .slice(1, -1)
    .replaceAll(/\\u([0-9a-f]{4})|\\(.)/giu, (_, code: string | undefined, char: string) =>
      code === undefined ? (ESCAPES[char] ?? char) : String.fromCharCode(Number.parseInt(code, 16)),
    );
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}
