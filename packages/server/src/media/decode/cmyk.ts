// Ink to light, as the reference program of PDQ does it: no profile, so that the hash of a picture for print is the same everywhere.

/** Interleaved RGB of interleaved CMYK (0 = no ink): (255 - c)(255 - k) / 255. */
export const rgbFromCmyk = (inks: Buffer): Buffer => {
  const rgb = Buffer.allocUnsafe((inks.length / 4) * 3);
  for (let from = 0, to = 0; from < inks.length; from += 4) {
    const light = 255 - inks[from + 3]!;
    for (let ink = 0; ink < 3; ink++) rgb[to++] = Math.floor(((255 - inks[from + ink]!) * light) / 255);
  }
  return rgb;
};
