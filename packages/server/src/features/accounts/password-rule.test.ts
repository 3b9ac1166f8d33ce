import { expect, it } from 'vitest';
import { requireGoodPassword } from './password-rule.js';

it.each([
  'password1234',
  'P@ssw0rd2026!',
  'Passwordpassword',
  'qwertyuiop123',
  '1qaz2wsx3edc',
  'Summer2026!!',
  'abcdefghijkl',
  'aaaaaaaaaaaaaaaa',
  '123456789012',
  'welcome-welcome-1',
  'Redthread 2026!',
  'letmeinletmein',
  'iloveyou-2024',
  '            ',
  'Anna-Officer-1',
  'Policia Norte 1',
])('refuses %s', (password) => {
  const about = ['anna', 'Anna Officer', 'Policia Norte'];
  expect(() => requireGoodPassword(password, about)).toThrow(/PASSWORD_WEAK/);
});

it.each([
  'correct horse battery staple',
  'a long enough password',
  'postcards and stamps 1',
  'Tr0mbone-kettle-anchovy',
  'k3#Vq9!xLw2z',
  'пароль из четырёх слов',
  'zwölf Boxkämpfer jagen',
  '字'.repeat(3) + '龍虎山水火木金土日月',
])('takes %s', (password) => {
  expect(() => requireGoodPassword(password, ['anna'])).not.toThrow();
});

it('asks for twelve characters, and takes long ones in a moment', () => {
  expect(() => requireGoodPassword('k3#Vq9!xLw2')).toThrow(/ARGUMENT_INVALID/);
  expect(() => requireGoodPassword('k3#Vq9!xLw2z'.repeat(83))).not.toThrow();
});
