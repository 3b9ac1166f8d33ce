// Kernels of sensor noise: what a camera's sensor leaves in each of its pictures (Lukas, Fridrich, Goljan: Digital camera identification from
// sensor pattern noise, IEEE TIFS 1(2), 2006). packages/core/src/kernels/noise lays out the memory.
export { analyse, synthesise } from './wavelet';
export { keepNoise } from './wiener';
export { backward, forward } from './spectrum';
export { crossSpectrum, magnitudes, meanSquare, removeMeans, setMagnitudes } from './planes';
