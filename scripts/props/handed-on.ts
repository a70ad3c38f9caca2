/** Finds props that components only hand on, by reading their code: a prop that many hand on wants a context. */
import path from "node:path";

import { type Function, type ObjectPattern, parseSync, Visitor } from "oxc-parser";

/** A prop of a component, written "components/lane/lane.tsx#Lane.onClose". */
type Prop = string;

/** The props of one file that are only handed on, and to which props of other components. */
export type HandedOn = ReadonlyMap<Prop, readonly Prop[]>;

/** What a component does with a name that it received. */
type Use = { readonly handedTo: Set<Prop>; isUsed: boolean };

type Component = {
  /** "" = a function that is none. */
  readonly name: string;
  /** The name of its parameter that holds all props. */
  readonly whole: string | null;
  /** Its props by their local names. */
  readonly props: Map<string, Prop>;
};

/**
 * Reads one file. A prop counts where a component names it (in its parameter, or in a declaration from it) and does nothing with it but give it,
 * as it is, to props of other components. `file` is a path from the root.
 */
export function handedOn(file: string, code: string): HandedOn {
  const { program } = parseSync(file, code);
  const files = new Map<string, string>();
  const found = new Map<Prop, Use>();
  /** The functions around the place that is read, innermost last. */
  const components: Component[] = [];
  const handed = new Set<number>();

  const propOf = (element: string, attribute: string): Prop =>
    `${files.get(element) ?? `${file}#${element}`}.${attribute}`;
  const useOf = (name: string): Use | undefined => {
    const prop = components.findLast(({ props }) => props.has(name))?.props.get(name);
    return prop === undefined ? undefined : found.get(prop);
  };

  const takeApart = (pattern: ObjectPattern, { name, props }: Component) => {
    for (const property of pattern.properties) {
      if (property.type !== "Property" || property.key.type !== "Identifier") continue;
      const local = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
      if (local.type !== "Identifier") continue;
      const prop = `${file}#${name}.${property.key.name}`;
      props.set(local.name, prop);
      found.set(prop, { handedTo: new Set(), isUsed: false });
      handed.add(local.start);
    }
  };
  const enter = ({ id, params: [first] }: Function) => {
    const name = id !== null && /^[A-Z]/u.test(id.name) ? id.name : "";
    const whole = name !== "" && first?.type === "Identifier" ? first.name : null;
    const component: Component = { name, whole, props: new Map() };
    if (name !== "" && first?.type === "ObjectPattern") takeApart(first, component);
    components.push(component);
  };
  const leave = () => {
    components.pop();
  };

  new Visitor({
    ImportDeclaration: ({ source, specifiers }) => {
      const from = resolved(file, source.value);
      if (from === null) return;
      for (const { local, ...specifier } of specifiers) {
        const name =
          "imported" in specifier && specifier.imported.type === "Identifier"
            ? specifier.imported.name
            : local.name;
        files.set(local.name, `${from}#${name}`);
      }
    },
    FunctionDeclaration: enter,
    FunctionExpression: enter,
    "FunctionDeclaration:exit": leave,
    "FunctionExpression:exit": leave,
    VariableDeclarator: ({ id, init }) => {
      const component = components.at(-1);
      if (component === undefined || id.type !== "ObjectPattern" || init?.type !== "Identifier") return;
      if (init.name === component.whole) takeApart(id, component);
    },
    JSXOpeningElement: ({ name, attributes }) => {
      if (name.type !== "JSXIdentifier" || !/^[A-Z]/u.test(name.name)) return;
      for (const attribute of attributes) {
        if (attribute.type !== "JSXAttribute" || attribute.name.type !== "JSXIdentifier") continue;
        const { value } = attribute;
        if (value?.type !== "JSXExpressionContainer" || value.expression.type !== "Identifier") continue;
        useOf(value.expression.name)?.handedTo.add(propOf(name.name, attribute.name.name));
        handed.add(value.expression.start);
      }
    },
    Identifier: ({ name, start }) => {
      const use = useOf(name);
      if (use !== undefined && !handed.has(start)) use.isUsed = true;
    },
  }).visit(program);

  return new Map(
    [...found]
      .filter(([, { handedTo, isUsed }]) => !isUsed && handedTo.size > 0)
      .map(([prop, { handedTo }]) => [prop, [...handedTo]]),
  );
}

/** Chains of props, from the first component that hands one on to the last, of more than `most` components. */
export function longChains(handed: HandedOn, most: number): readonly (readonly Prop[])[] {
  const starts = new Set(handed.keys());
  for (const targets of handed.values()) for (const target of targets) starts.delete(target);
  const chainsFrom = (prop: Prop, before: readonly Prop[]): readonly (readonly Prop[])[] => {
    const targets = handed.get(prop);
    if (targets === undefined || before.includes(prop)) return [before];
    return targets.flatMap((target) => chainsFrom(target, [...before, prop]));
  };
  return [...starts].flatMap((start) => chainsFrom(start, [])).filter((chain) => chain.length > most);
}

/** The file, without its ending, that an import of ours names; null = a package. */
function resolved(file: string, source: string): string | null {
  if (source.startsWith("@/")) return `${source.slice(2)}.tsx`;
  if (source.startsWith(".")) return `${path.posix.join(path.posix.dirname(file), source)}.tsx`;
  return null;
}
