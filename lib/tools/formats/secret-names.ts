/** Names of the secrets that one import or export takes out of its requests. */
export type SecretNames = {
  /** The name of a credential: always the same one for the same `value` at one `origin`, and never that of another. */
  readonly nameOf: (credential: Credential) => string;
};

export type Credential = {
  /** What it would be called, where no other one has that name. */
  readonly wanted: string;
  /** Scheme, host and port: a secret belongs to one of them. */
  readonly origin: string;
  readonly value: string;
};

const MOST_CHARACTERS = 80;

/**
 * Opens an import or export of a text or a value, whose placeholders name secrets already: no other credential gets such a
 * name. Pure.
 */
export function newSecretNames(read: unknown = ""): SecretNames {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const text of textsOf(read)) {
    for (const [, name = ""] of text.matchAll(/\{\{\s*secret:\s*([\w-]+)\s*\}\}/g)) taken.add(name);
  }
  return {
    nameOf: ({ wanted, origin, value }) => {
      const credential = JSON.stringify([origin, value]);
      const known = names.get(credential);
      if (known !== undefined) return known;
      const name = freeSecretName(wanted, taken);
      names.set(credential, name);
      taken.add(name);
      return name;
    },
  };
}

function freeSecretName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted.slice(0, MOST_CHARACTERS);
  for (let next = 2; taken.has(name); next += 1) {
    const end = `_${String(next)}`;
    name = `${wanted.slice(0, MOST_CHARACTERS - end.length)}${end}`;
  }
  return name;
}

/** All texts in a value, with the names of its fields, however deeply it is nested. */
function* textsOf(value: unknown): Generator<string> {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === "string") yield next;
    else if (typeof next === "object" && next !== null) {
      for (const [name, inner] of Object.entries(next)) {
        yield name;
        waiting.push(inner);
      }
    }
  }
}
