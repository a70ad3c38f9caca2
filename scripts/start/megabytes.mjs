// @ts-check

/**
 * Bytes as a person reads them: `127 MB`.
 *
 * @param {number} bytes
 */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
