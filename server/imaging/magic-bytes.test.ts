import { describe, expect, it } from "vitest";
import { ImageError } from "./image-error.ts";
import { sniffImageType } from "./magic-bytes.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");
const ftyp = (...brands: string[]) => {
  const [major = "", ...compatible] = brands;
  const box = bytes(`\0\0\0\0ftyp${major}\0\0\0\0${compatible.join("")}`);
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([box, bytes("\0\0\0\x08free")]);
};

describe("a photo's type is read from its first bytes", () => {
  it.each([
    ["image/jpeg", "jpg", bytes("\xff\xd8\xff\xe0\0\x10JFIF")],
    ["image/png", "png", bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
    ["image/gif", "gif", bytes("GIF87a")],
    ["image/gif", "gif", bytes("GIF89a")],
    ["image/webp", "webp", bytes("RIFF\x10\0\0\0WEBPVP8 ")],
    ["image/avif", "avif", ftyp("avif", "mif1", "miaf")],
    ["image/avif", "avif", ftyp("mif1", "avif", "miaf")],
    ["image/avif", "avif", ftyp("avis", "msf1", "avif")],
  ])("%s", (mimeType, extension, head) => {
    expect(sniffImageType(head)).toEqual({ mimeType, extension });
  });
});

describe("everything else is refused by name", () => {
  it.each([
    ["an empty file", bytes("")],
    ["an SVG drawing", bytes("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["an SVG drawing", bytes("\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a drawing -->\n<!DOCTYPE svg>\n<svg>")],
    ["an SVG drawing", Buffer.from("\ufeff<svg viewBox='0 0 1 1'/>", "utf16le")],
    ["an HTML page", bytes("\n<!DOCTYPE html><html><body>hello")],
    ["an HTML page", bytes("<script>alert(1)</script>")],
    ["an HTML page", bytes("<html><body><svg ></svg>")],
    ["an XML document", bytes("<?xml version='1.0'?><feed/>")],
    ["a video", ftyp("isom", "iso2", "avc1", "mp41")],
    ["a video", ftyp("qt  ")],
    ["a video", bytes("\0\0\0\x08wide\0\0\0\x08mdat")],
    ["a video", bytes("\x1aE\xdf\xa3webm")],
    ["a video", bytes("RIFF\x10\0\0\0AVI LIST")],
    ["a sound recording", bytes("RIFF\x10\0\0\0WAVEfmt ")],
    ["a HEIC photo", ftyp("heic", "mif1")],
    ["a HEIC photo", ftyp("mif1", "heic")],
    ["a TIFF or camera raw picture", bytes("II*\0\x08\0\0\0")],
    ["a TIFF or camera raw picture", bytes("MM\0*\0\0\0\x08")],
    ["a BMP picture", bytes("BM\x36\0\0\0\0\0")],
    ["a PDF document", bytes("%PDF-1.7\n")],
    ["a ZIP archive", bytes("PK\x03\x04\x14\0")],
    ["a gzip archive", bytes("\x1f\x8b\x08\0")],
    ["a JPEG XL picture", bytes("\xff\x0a\xfa")],
    ["a Photoshop document", bytes("8BPS\0\x01")],
    ["a program", bytes("MZ\x90\0")],
    ["a script", bytes("<?php echo 1;")],
    ["a text", bytes("just a line of text\n")],
    ["a file of unknown type", bytes("\x01\x02\x03\0\x04")],
    ["a file of unknown type", bytes("\xff\xd8")],
  ])("%s", (name, head) => {
    const refusal = refusalOf(head);
    expect(refusal.code).toBe("UNSUPPORTED_IMAGE_TYPE");
    expect(refusal.detail).toContain(`This is ${name}.`);
    expect(refusal.retryable).toBe(false);
  });
});

function refusalOf(head: Buffer): ImageError {
  try {
    sniffImageType(head);
  } catch (error) {
    if (error instanceof ImageError) return error;
    throw error;
  }
  throw new Error("The file was taken for a photo.");
}
