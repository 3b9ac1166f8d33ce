// Door of the noise kernels.
export { correlate, spectrumOf, type CorrelationPeak, type PlaneSpectrum } from './correlate.js';
export { FingerprintSum, isUsable, weighed } from './fingerprint.js';
export { noiseResidual, type NoisePlane } from './residual.js';
export { compareWithSensor, SensorFingerprint, type Laying, type SensorComparison } from './same-sensor.js';
