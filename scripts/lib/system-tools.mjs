// The programs that npm cannot bring: how each is found, who needs it, and what every package manager calls it.
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Which tools each use needs; the others are only reported. */
export const NEEDED_FOR = {
  demo: ['perl'],
  test: ['perl', 'openssl', 'ffmpeg', 'sleuthkit', '7zip', 'chromium'],
  everything: ['perl', 'openssl', 'ffmpeg', 'sleuthkit', '7zip', 'chromium'],
};

/**
 * `commands`: names or paths, first that works wins. `probe`: must end with 0 and prints the version.
 * `packages`: by package manager.
 */
export const TOOLS = {
  perl: {
    why: 'metadata (runs exiftool)',
    commands: ['perl'],
    // exiftool needs modules that the smallest perl of Debian lacks: one that cannot load them does not count.
    probe: ['-MTime::Local', '-MEncode', '-MPOSIX', '-e', 'printf "%vd", $^V'],
    packages: { 'apt-get': ['perl'], dnf: ['perl'], apk: ['perl'], pacman: ['perl'], brew: ['perl'] },
  },
  openssl: {
    why: 'a time-stamp authority for the tests',
    commands: ['openssl'],
    probe: ['version'],
    packages: { 'apt-get': ['openssl'], dnf: ['openssl'], apk: ['openssl'], pacman: ['openssl'], brew: ['openssl'] },
  },
  ffmpeg: {
    why: 'film and sound',
    commands: ['ffmpeg'],
    probe: ['-hide_banner', '-version'],
    companions: ['ffprobe'],
    packages: { 'apt-get': ['ffmpeg'], dnf: ['ffmpeg-free'], apk: ['ffmpeg'], pacman: ['ffmpeg'], brew: ['ffmpeg'] },
  },
  sleuthkit: {
    why: 'disk images',
    commands: ['fls'],
    probe: ['-V'],
    companions: ['mmls', 'fsstat', 'icat', 'istat', 'blkstat', 'img_cat'],
    packages: {
      'apt-get': ['sleuthkit'],
      dnf: ['sleuthkit'],
      apk: ['sleuthkit'],
      pacman: ['sleuthkit'],
      brew: ['sleuthkit'],
    },
  },
  '7zip': {
    why: '7z archives',
    commands: ['7zz', '7z'],
    probe: ['i'],
    packages: { 'apt-get': ['7zip'], dnf: ['7zip'], apk: ['7zip'], pacman: ['7zip'], brew: ['sevenzip'] },
  },
  chromium: {
    why: 'browser tests',
    commands: [
      process.env['CHROME_PATH'] ?? '',
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    probe: ['--version'],
    packages: {
      'apt-get': ['chromium'],
      dnf: ['chromium'],
      apk: ['chromium'],
      pacman: ['chromium'],
      brew: ['google-chrome'],
    },
  },
};

const executable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The full path of a command on PATH, or undefined. */
export const which = (command) => {
  if (command === '') return undefined;
  if (isAbsolute(command)) return executable(command) ? command : undefined;
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find(executable);
};

/** @returns {{ name: string, path: string, version: string } | undefined} the first working program for a tool. */
export const find = (name) => {
  const tool = TOOLS[name];
  for (const path of tool.commands.map(which).filter((found) => found !== undefined)) {
    try {
      const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 };
      const said = execFileSync(path, tool.probe, options);
      const complete = (tool.companions ?? []).every((companion) => which(companion) !== undefined);
      if (complete) return { name, path, version: /\d+(\.\d+)+/.exec(said)?.[0] ?? 'unknown' };
    } catch {
      // Present but not working (a stub that only tells how to install it, a perl without its modules): look on.
    }
  }
  return undefined;
};

const MANAGERS = {
  'apt-get': { install: ['install', '-y', '--no-install-recommends'], root: true },
  dnf: { install: ['install', '-y'], root: true },
  apk: { install: ['add', '--no-cache'], root: true },
  pacman: { install: ['-S', '--needed', '--noconfirm'], root: true },
  brew: { install: ['install'], root: false },
};

/** The package manager of this machine, or undefined. */
export const packageManager = () => Object.keys(MANAGERS).find((name) => which(name) !== undefined);

/** The commands, as argument lists, that install these tools with that manager, without sudo. */
export const installCommands = (manager, names) => {
  const packages = [];
  for (const name of names) packages.push(...TOOLS[name].packages[manager]);
  const install = [manager, ...MANAGERS[manager].install, ...packages];
  return manager === 'apt-get' ? [[manager, 'update'], install] : [install];
};

export const needsRoot = (manager) => MANAGERS[manager].root;
