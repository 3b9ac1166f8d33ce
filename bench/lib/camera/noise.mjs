// Noise of JPEG bytes, as the product's child computes it, without the child: what is measured is the arithmetic.
import sharp from 'sharp';
import {
  compareWithSensor,
  FingerprintSum,
  lumaFromRgb,
  noiseResidual,
  SensorFingerprint,
  weighed,
} from '../../../packages/core/dist/kernels/index.js';

export const sensorPicture = async (bytes) => {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const luma = Uint8Array.from(lumaFromRgb(data, 3), Math.round);
  return { luma, residual: noiseResidual(luma, info.width, info.height) };
};

export const sumOf = (pictures) => {
  const [{ residual }] = pictures;
  const sum = new FingerprintSum(residual.width, residual.height);
  for (const picture of pictures) sum.add(picture.residual, picture.luma);
  return sum;
};

export const fingerprintOf = (pictures) => new SensorFingerprint(sumOf(pictures).finish());

/** The false alarm of one picture, or of several of one size averaged, against a fingerprint; 1 where it has no place. */
export const falseAlarmOf = (pictures, fingerprint) => {
  const [one] = pictures;
  const plane = pictures.length === 1 ? weighed(one.residual, one.luma) : sumOf(pictures).finish();
  return compareWithSensor(plane, fingerprint)?.falseAlarm ?? 1;
};

/** A square of a picture or a fingerprint, by its upper left corner. */
export const square = ({ residual, luma }, left, top, side) => {
  const values = new Float32Array(side * side);
  const light = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    const from = (top + y) * residual.width + left;
    values.set(residual.values.subarray(from, from + side), y * side);
    light.set(luma.subarray(from, from + side), y * side);
  }
  return { residual: { width: side, height: side, values }, luma: light };
};
