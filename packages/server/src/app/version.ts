// The version of the program, as every report and every `--version` names it.
export const PROGRAM_VERSION = '0.1.0';
