// sharp, set up for hostile files: one thread, no cache, and only the loaders of formats that we mean to read.
import sharp from 'sharp';

/** The libvips loaders that may run; every other one is blocked, whatever the bytes claim to be. */
const LOADERS = [
  'VipsForeignLoadJpeg',
  'VipsForeignLoadPng',
  'VipsForeignLoadWebp',
  'VipsForeignLoadNsgif',
  'VipsForeignLoadTiff',
  'VipsForeignLoadHeif',
];

sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS });

export { sharp };
