// redthread camera: which pictures one sensor may have made. Needs no database; its JSON is a contract.
import type { Command } from 'commander';
import type { Io } from '../../app/cli/io.js';

export interface CameraCompareOptions {
  readonly reference: string;
  readonly pool?: boolean;
  readonly json?: boolean;
}

export const registerCameraCommands = (program: Command, io: Io): void => {
  const camera = program.command('camera').description('which pictures one sensor may have made, by its noise');
  camera
    .command('compare')
    .description('whether the noise of pictures supports that the sensor of the reference pictures made them')
    .argument('<file...>', 'pictures, or folders of them')
    .requiredOption('--reference <folder>', 'pictures known to come from one device, in full size')
    .option('--pool', 'all files are believed to come from one device: average their noise first')
    .option('--json', 'print one JSON line a file')
    .addHelpText(
      'after',
      `
It says "supports", never "identifies". A picture that shows what a reference shows is compared without that reference.

Examples:
  $ redthread camera compare --reference phone/DCIM exhibit/photo.jpg
  $ redthread camera compare --reference phone/DCIM messenger/ --pool --json`,
    )
    .action(async (files: string[], options: CameraCompareOptions) => {
      const { runCameraCompare } = await import('./run.js');
      process.exitCode = await runCameraCompare(io, files, options);
    });
};
