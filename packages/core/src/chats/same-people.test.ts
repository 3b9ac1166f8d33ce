import { expect, it } from 'vitest';
import { samePeople, type CommonAuthor, type PersonInChat } from './same-people.js';

const one = (chatId: string, number: number, more: Partial<PersonInChat> = {}): PersonInChat => ({
  chatId,
  number,
  exhibitId: `phone of ${chatId[0] ?? ''}`,
  app: 'WhatsApp',
  name: `name ${chatId}${number}`,
  phone: null,
  account: null,
  messages: 1,
  ...more,
});
const alias = (chatA: string, numberA: number, chatB: string, numberB: number, messages = 5): CommonAuthor => ({
  chatA,
  numberA,
  chatB,
  numberB,
  messages,
});
const told = (people: readonly PersonInChat[], aliases: readonly CommonAuthor[] = []) =>
  samePeople(people, aliases).map(({ parts }) => parts.map(({ by, of }) => `${of.chatId}${of.number} ${by}`));

it('joins by number and by account of one program, and nobody by a name over two phones', () => {
  const people = [
    one('a1', 0, { phone: '+9995550001' }),
    one('b1', 3, { phone: '+9995550001' }),
    one('a1', 1, { account: 'marta' }),
    one('b2', 1, { account: 'marta' }),
    one('b2', 2, { account: 'marta', app: 'Telegram' }),
    one('a1', 4, { name: 'Marta' }),
    one('b1', 4, { name: 'Marta' }),
  ];
  expect(told(people)).toEqual([
    ['a10 phone', 'b13 phone'],
    ['a11 account', 'b21 account'],
    ['b22 account'],
    ['a14 alone'],
    ['b14 alone'],
  ]);
});

it('joins who wrote the same messages in two exports, where most of their messages say so', () => {
  const people = [one('a1', 0, { name: 'Marta' }), one('b1', 0, { phone: '+9995550001' }), one('b1', 1)];
  expect(told(people, [alias('a1', 0, 'b1', 0, 9), alias('a1', 0, 'b1', 1, 2)])).toEqual([
    ['b10 phone', 'a10 messages'],
    ['b11 alone'],
  ]);
  expect(told(people, [alias('a1', 0, 'b1', 0, 3), alias('a1', 0, 'b1', 1, 3)])).toHaveLength(3);
});

it('says as such what only the name on one phone joins, and joins nobody where two have that name', () => {
  const people = [
    one('a1', 0, { name: 'Marta', phone: '+9995550001' }),
    one('a2', 0, { name: 'Marta' }),
    one('a1', 1, { name: 'Kai' }),
    one('a2', 1, { name: 'Kai' }),
  ];
  expect(told(people)).toEqual([
    ['a10 phone', 'a20 name'],
    ['a11 name', 'a21 name'],
  ]);
  const other = one('a3', 0, { name: 'Marta', phone: '+9995550002' });
  expect(told([...people.slice(0, 2), other])).toEqual([['a10 phone'], ['a20 alone'], ['a30 phone']]);
});

it('tells the same whichever way two exports are named', () => {
  const people = [one('a1', 0), one('b1', 0), one('c1', 0)];
  expect(told(people, [alias('b1', 0, 'a1', 0), alias('c1', 0, 'b1', 0)])).toEqual([
    ['a10 messages', 'b10 messages', 'c10 messages'],
  ]);
});
