// Decoded pictures between edits, and the few ways in and out through sharp.
import sharp, { type Sharp } from 'sharp';
import type { PictureFormat } from './edits.js';

/** RGB bytes, three a pixel. */
export interface Raw {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

export const open = (raw: Raw): Sharp =>
  sharp(raw.data, { raw: { width: raw.width, height: raw.height, channels: 3 } });

export const close = async (image: Sharp): Promise<Raw> => {
  const { data, info } = await image.removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
};

export const decode = (file: Buffer): Promise<Raw> => close(sharp(file).rotate());

/** Encodes without any metadata; `quality` means nothing to PNG. */
export const encode = (raw: Raw, format: PictureFormat, quality: number): Promise<Buffer> => {
  const image = open(raw);
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality, chromaSubsampling: quality >= 92 ? '4:4:4' : '4:2:0' }).toBuffer();
    case 'png':
      return image.png({ compressionLevel: 6 }).toBuffer();
    case 'webp':
      return image.webp({ quality, effort: 2 }).toBuffer();
    case 'gif':
      return image.gif({ effort: 3 }).toBuffer();
    case 'tiff':
      return image.tiff({ compression: 'jpeg', quality }).toBuffer();
    case 'avif':
      return image.avif({ quality, effort: 1 }).toBuffer();
  }
};

/** A drawing of shapes laid over a picture. */
export const overlaySvg = (raw: Raw, content: string): Promise<Raw> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${raw.width}" height="${raw.height}" viewBox="0 0 ${raw.width} ${raw.height}">${content}</svg>`;
  return close(open(raw).composite([{ input: Buffer.from(svg), left: 0, top: 0 }]));
};
