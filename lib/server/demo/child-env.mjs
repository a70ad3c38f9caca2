// @ts-check

const SECRET = /(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS)(?:_|$)/i;

/**
 * The environment for a child that must not see anyone's keys: `env` without the names that look like
 * a secret, and with `more` on top.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {Readonly<Record<string, string>>} more
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnv(env, more) {
  /** @type {NodeJS.ProcessEnv} */
  const kept = { NODE_ENV: env.NODE_ENV };
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !SECRET.test(name)) kept[name] = value;
  }
  return { ...kept, ...more };
}
