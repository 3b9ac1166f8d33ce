// Public door of the time stamps, apart from that of the sealer: the formats of X.509 are loaded where there are some.
export { askForStamp, readCertificates, readStamp, type Stamp } from './anchors/time-stamp.js';
