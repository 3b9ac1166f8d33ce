// Door of the noise reader.
export { createNoiseReader, type NoiseReader, type SensorPicture } from './reader.js';
