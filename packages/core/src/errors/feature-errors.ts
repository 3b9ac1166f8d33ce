// Codes of single features, brought together for the catalogue.
import { CHAT_ERRORS } from './chat-errors.js';
import { NOISE_ERRORS } from './noise-errors.js';
import { PACKAGE_ERRORS } from './package-errors.js';
import { PROVIDER_ERRORS } from './provider-errors.js';
import { REPORT_ERRORS } from './report-errors.js';
import { SEARCH_ERRORS } from './search-errors.js';
import { SIGN_IN_ERRORS } from './sign-in-errors.js';
import { TLS_ERRORS } from './tls-errors.js';
import { WORK_ERRORS } from './work-errors.js';

export const FEATURE_ERRORS = {
  ...CHAT_ERRORS,
  ...NOISE_ERRORS,
  ...PACKAGE_ERRORS,
  ...PROVIDER_ERRORS,
  ...REPORT_ERRORS,
  ...SEARCH_ERRORS,
  ...SIGN_IN_ERRORS,
  ...TLS_ERRORS,
  ...WORK_ERRORS,
} as const;
