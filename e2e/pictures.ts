import { crc32, deflateSync } from "node:zlib";

/** A whole PNG. `noise` fills it with bytes that do not compress, one color else. */
export function png(
  width: number,
  height: number,
  fill: "noise" | readonly [number, number, number],
): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width * 3; x += 1) row[1 + x] = fill === "noise" ? noise(y, x) : (fill[x % 3] ?? 0);
    return row;
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // 8 bits a channel, red green blue.
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Width and height of a PNG. */
export function sizeOfPng(bytes: Buffer): readonly [number, number] {
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The same at each place every time. */
function noise(y: number, x: number): number {
  return Math.imul(Math.imul(y + 1, 0x9e_37_79_b1) ^ Math.imul(x + 1, 0x85_eb_ca_6b), 0xc2_b2_ae_35) >>> 24;
}
