// Door of the noise kernels.
export { correlate, searchPart, spectrumOf, type CorrelationPeak, type PlaneSpectrum } from './correlate.js';
export { blockSums } from './energy.js';
export { falseAlarm, logUpperTail } from './false-alarm.js';
export { FingerprintSum, isUsable, usableShare, weighed } from './fingerprint.js';
export { resampled } from './resample.js';
export { noiseResidual, type NoisePlane } from './residual.js';
export { compareWithSensor, SensorFingerprint, type Laying, type SensorComparison } from './same-sensor.js';
