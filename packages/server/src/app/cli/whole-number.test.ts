import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { registerDemoCommands } from '../../features/demo/commands.js';
import { registerServeCommands } from '../serve-command.js';
import type { Io } from './io.js';
import { portNumber, wholeNumber } from './whole-number.js';

describe('a number on the command line', () => {
  it('is a whole one within its bounds, or refused', () => {
    expect(wholeNumber(1, 5)('5')).toBe(5);
    expect(portNumber('0')).toBe(0);
    for (const value of ['', ' 1', '1.5', '-1', '1e3', '0x10', 'abc', '65536', '٣'])
      expect(() => portNumber(value), value).toThrow('A whole number from 0 to 65535.');
  });

  it.each([
    ['serve', '--port', 'abc'],
    ['demo', '--port', '70000'],
    ['demo', '--seed', 'x'],
  ])('%s %s %s is an error of usage, before anything is started', async (...words) => {
    const written: string[] = [];
    const program = new Command('redthread').exitOverride().configureOutput({ writeErr: (text) => written.push(text) });
    for (const register of [registerServeCommands, registerDemoCommands]) register(program, {} as Io);
    await expect(program.parseAsync(['node', 'redthread', ...words])).rejects.toBeInstanceOf(CommanderError);
    expect(written.join('')).toContain(`'${words[2]}' is invalid. A whole number from 0 to`);
  });
});
