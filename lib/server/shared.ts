/**
 * One value for the whole process. Next bundles each route and the start-up hook apart, so a module's own
 * variable would exist several times; `create` runs once, at the first call with this name.
 */
export function shared<Value>(name: string, create: () => Value): Value {
  const slots: { [key: symbol]: Value | undefined } = globalThis;
  const key = Symbol.for(`vitrine.${name}`);
  return (slots[key] ??= create());
}
