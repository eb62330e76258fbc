import { crc32, deflateSync } from "node:zlib";

/** A PNG of one colour that no other call has made: different bytes, the same kind of picture. */
export function newPhoto(width = 64, height = 48): File {
  serial += 1;
  const colour = [(serial * 37) & 255, (serial * 91) & 255, (serial >> 8) & 255];
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array.from({ length: width }, () => colour).flat())]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const note = Buffer.from(`Comment\0${serial} ${Date.now()}`);
  const parts = [chunk("IHDR", header), chunk("tEXt", note), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))];
  const bytes = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...parts]);
  return new File([new Uint8Array(bytes)], `photo-${serial}.png`, { type: "image/png" });
}

let serial = 0;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
