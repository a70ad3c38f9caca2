// @ts-check
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const pack = promisify(brotliCompress);

/**
 * Packs the scripts and styles of a finished build, each into a file beside itself. The server sends those: they are a
 * seventh smaller than what it packs by itself, and cost it nothing.
 *
 * @param {string} root
 */
export async function packStatic(root) {
  const folder = path.join(root, ".next", "static");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(?:js|css)$/.test(file),
  );
  await Promise.all(
    files.map(async (file) => {
      const bytes = readFileSync(path.join(folder, file));
      const params = {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      };
      writeFileSync(path.join(folder, `${file}.br`), await pack(bytes, { params }));
    }),
  );
}
