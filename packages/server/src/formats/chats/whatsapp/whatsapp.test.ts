// Kinds of lines that the samples do not have: other scripts and clocks, notices in words that nobody knows, authors and subjects with colons.
import { describe, expect, it } from 'vitest';
import { gather, sourceOfText } from '../../../../test-support/sample-chats.js';
import { readChat, type ReadOptions } from '../index.js';

const read = async (lines: readonly string[], options: ReadOptions = {}, path = '_chat.txt', beside: string[] = []) => {
  const { conversations, notes } = await gather(
    readChat(sourceOfText(lines.join('\n'), path, beside), 'whatsapp', options),
  );
  const [{ conversation, people, messages }] = conversations as [(typeof conversations)[number]];
  return {
    conversation,
    people,
    messages,
    notes,
    said: messages.map(({ author, kind, text }) => [author === null ? null : people[author]!.name, kind, text]),
    times: messages.map(({ time }) => time.local),
  };
};

describe('heads', () => {
  it.each([
    ['٢٧‏/١٢‏/٢٠٢٥، ١:٢٥ م - مها: مرحبا', '2025-12-27T13:25'],
    ['‏[٢٧‏/١٢‏/٢٠٢٥، ١:٢٥:٠٩ م] ‏مها: مرحبا', '2025-12-27T13:25:09'],
    ['۲۰۲۵/۱۲/۲۷،‏ ۱۳:۲۵ - Mina: سلام', '2025-12-27T13:25'],
    ['२७/१२/२०२५, १:२५ अपराह्न - Mina: नमस्ते', '2025-12-27T13:25'],
    ['2025. 12. 27. 오후 1:25 - Mina: 안녕', '2025-12-27T13:25'],
    ['[2025. 12. 27. 오후 1:25:09] Mina: 안녕', '2025-12-27T13:25:09'],
    ['2025년 12월 27일 오전 1:25 - Mina: 안녕', '2025-12-27T01:25'],
    ['[2025/12/27 13:25:09] Mina: こんにちは', '2025-12-27T13:25:09'],
    ['2025/12/27 下午1:25 - Mina: 你好', '2025-12-27T13:25'],
    ['[27/12/25 1:25:09 p. m.] Mina: hola', '2025-12-27T13:25:09'],
    ['27/12/25 1:25 p. m. - Mina: hola', '2025-12-27T13:25'],
    ['27/12/2025 à 13:25 - Mina: salut', '2025-12-27T13:25'],
    ['[27.12.2025 klo 13.25.09] Mina: hei', '2025-12-27T13:25:09'],
    ['2025-12-27 13:25 - Mina: hej', '2025-12-27T13:25'],
    ['27.12.25 г., 13:25 ч. - Mina: здравей', '2025-12-27T13:25'],
    ['[12/27/25, 12:05:09 AM] Mina: hi', '2025-12-27T00:05:09'],
    ['12/27/25, 12:05 PM - Mina: hi', '2025-12-27T12:05'],
    ['13:25 27/12/2025 - Mina: chào', '2025-12-27T13:25'],
    ['27/12/25, 1:25 μ.μ. - Mina: γεια', '2025-12-27T13:25'],
    ['27/12/25 ÖS 1:25 - Mina: selam', '2025-12-27T13:25'],
  ])('%s', async (line, local) => {
    const { times, people, said } = await read([line]);
    expect(times).toEqual([local]);
    expect(people).toHaveLength(1);
    expect(said[0]![1]).toBe('text');
  });

  it('begin an entry only in the style of the file', async () => {
    const { said } = await read([
      '14/03/2025, 15:00 - Ida: copied',
      '[14/03/2025, 15:00:00] Max: one',
      '3/14/25, 3:00 PM - Max: two',
      '14.03.2025, 15:00 - Max: three',
      '14/03/2025, 15:00:09 - Max: four',
      '14/03/2025: five',
    ]);
    expect(said).toHaveLength(1);
    expect(said[0]![2]).toContain('four\n14/03/2025: five');
  });
});

describe('the order of dates', () => {
  const at = (dates: readonly string[]) => dates.map((date, index) => `${date}, 10:0${index % 10} - Ida: ${index}`);

  it('follows from time, which does not run backwards', async () => {
    expect((await read(at(['05/04/2025', '06/04/2025', '01/05/2025']))).conversation.dateOrder).toBe('dmy');
    expect((await read(at(['04/05/2025', '04/06/2025', '05/01/2025']))).conversation.dateOrder).toBe('mdy');
  });

  it('follows from files that say their day', async () => {
    const line = '03/04/2025, 10:00 - Ida: \u200eIMG-20250304-WA0001.jpg (file attached)';
    expect((await read([line])).times).toEqual(['2025-03-04T10:00']);
    expect((await read([line.replace('20250304', '20250403')])).times).toEqual(['2025-04-03T10:00']);
  });

  it('is open where nothing decides, and closed where it makes no difference', async () => {
    const open = await read(at(['03/04/2025', '04/04/2025', '05/04/2025']));
    expect([open.conversation.dateOrder, open.times]).toEqual([null, [null, null, null]]);
    expect((await read(at(['04/04/2025']))).times).toEqual(['2025-04-04T10:00']);
    expect((await read(at(['25-03-14', '25-03-15', '25-03-16']))).conversation.dateOrder).toBe('ymd');
  });

  it('bears entries that come in late, and one that no calendar has', async () => {
    const { conversation, notes, times } = await read(
      at([
        ...Array.from({ length: 150 }, (_, index) => `${13 + (index % 2)}/04/2025`),
        '12/04/2025',
        '14/04/2025',
        '31/02/2025',
      ]),
    );
    expect(conversation.dateOrder).toBe('dmy');
    expect([times.at(-1), notes.length]).toEqual([null, 1]);
  });

  it('is what an officer says, also where the file says otherwise', async () => {
    const { times, notes } = await read(at(['13/04/2025', '04/03/2025']), { dateOrder: 'mdy' });
    expect(times).toEqual([null, '2025-04-03T10:01']);
    expect(notes).toHaveLength(1);
  });
});

describe('authors', () => {
  const android = (...rest: string[]) => rest.map((text, index) => `14/03/2025, 15:0${index} - ${text}`);

  it('have colons where a notice or all their entries say so', async () => {
    const told = await read(android('Hugo added Work: Anna', 'Work: Anna: hello', 'Hugo: note: hello'));
    expect(told.said.slice(1)).toEqual([
      ['Work: Anna', 'text', 'hello'],
      ['Hugo', 'text', 'note: hello'],
    ]);
    const seen = await read(android('Work: Anna: a', 'Work: Anna: b', 'Work: Anna: c', 'Max: re: d'));
    expect(seen.people.map(({ name }) => name)).toEqual(['Work: Anna', 'Max']);
  });

  it('are never made of notices, whatever colons these have', async () => {
    const { said } = await read(
      android(
        'Hugo: hi',
        'Hugo zzzed the group name from “A” to “B: C”',
        'Hugo zzzed on the vanishing notes: 24 hours',
        'Ida joined using your invite',
        'Zzz zz zzzz',
      ),
    );
    expect(said.map(([author]) => author)).toEqual(['Hugo', null, null, null, null]);
  });

  it('are told from what they did, in any language', async () => {
    const { said } = await read(
      android(
        'Ida: szia',
        'Ida hozzáadta őt: Max',
        'Ida megváltoztatta a nevét: „A: B” → „C: D”',
        'Ida van Dijk: hoi @\u2068Max\u2069',
      ),
    );
    expect(said.map(([author]) => author)).toEqual(['Ida', null, null, 'Ida van Dijk']);
    expect(said[3]![2]).toBe('hoi @\u2068Max\u2069');
  });

  it('of the phone itself are known by what only it shows', async () => {
    const { people } = await read(android('Ida: This message was deleted', 'Max: You deleted this message', 'Max: hi'));
    expect(people.map(({ name, isExporter }) => [name, isExporter])).toEqual([
      ['Ida', false],
      ['Max', true],
    ]);
  });

  it('are numbers as programs write them, without marks around them', async () => {
    const { people } = await read(['[14/03/2025, 15:00:00] \u202a+999\u00a0000\u2011201\u202c: hi']);
    expect(people).toMatchObject([{ name: '+999\u00a0000\u2011201', phone: '+999000201' }]);
  });
});

describe('notices', () => {
  const ios = (...rest: string[]) => rest.map((text, index) => `[14/03/2025, 15:00:0${index}] ${text}`);
  const events = async (lines: readonly string[]) =>
    (await read(lines)).messages.flatMap(({ event }) =>
      event === null ? [] : [[event.type, event.actor, event.targets, event.subject]],
    );

  it('end names where known names end', async () => {
    expect(
      await events(
        ios(
          'Teo S: hi',
          'Nell, Ann: hi',
          '\u200eأضاف Teo S \u202a+999 000 113\u202c',
          '\u200eNell, Ann, Teo S kişisini ekledi',
          '\u200eTeo S added Nell, Ann and Max',
          '\u200eTeo S hat zu \u202a+999 000 114\u202c gewechselt.',
        ),
      ),
    ).toEqual([
      ['member-added', 'Teo S', ['+999 000 113'], null],
      ['member-added', 'Nell, Ann', ['Teo S'], null],
      ['member-added', 'Teo S', ['Nell, Ann', 'Max'], null],
      ['number-changed', 'Teo S', ['+999 000 114'], null],
    ]);
  });

  it('in words that nobody knows are told by their shape, or other', async () => {
    expect(
      await events(
        ios(
          'Ida: hi',
          '\u200eIda zorp "Blocks" plim "Blocks 2"',
          '\u200e+999 000 201 zorp +999 000 202',
          '\u200eIda zorp plim',
          'Ida: \u200eIda zorp plim',
          'Blocks: \u200ezorp plim',
        ),
      ),
    ).toEqual([
      ['subject-changed', 'Ida', [], 'Blocks 2'],
      ['number-changed', '+999 000 201', ['+999 000 202'], null],
      ['other', 'Ida', [], null],
      ['other', 'Ida', [], null],
      ['other', null, [], null],
    ]);
  });

  it('have numbers in subjects that are no numbers of people', async () => {
    const line = '\u200ePavo heeft het onderwerp gewijzigd van "Cards 7" naar "Cards 7 2025 000 111"';
    expect(await events(ios('Pavo: hoi', line))).toEqual([['subject-changed', 'Pavo', [], 'Cards 7 2025 000 111']]);
  });

  it('say who it was where the verb alone says it', async () => {
    expect(
      await events(
        ios(
          '\u200eCreaste el grupo “Cometas”',
          '\u200eLuz te añadió',
          '\u200eHai aggiunto Gaia',
          '\u200eAbandonaste el grupo',
        ),
      ),
    ).toEqual([
      ['group-created', '<exporter>', [], 'Cometas'],
      ['member-added', 'Luz', ['<exporter>'], null],
      ['member-added', '<exporter>', ['Gaia'], null],
      ['member-left', '<exporter>', [], null],
    ]);
  });
});

describe('what an entry carries', () => {
  const kinds = async (texts: readonly string[], shape: 'ios' | 'android' = 'android', beside: string[] = []) => {
    const head = (index: number): string =>
      shape === 'ios' ? `[14/03/2025, 15:00:0${index}]` : `14/03/2025, 15:0${index} -`;
    const { messages } = await read(
      texts.map((text, index) => `${head(index)} Ida: ${text}`),
      {},
      '_chat.txt',
      beside,
    );
    return messages.map(({ kind, text, edited, attachments, deletedBy }) => ({
      kind,
      text,
      edited,
      names: attachments.map(({ name }) => name),
      deletedBy,
    }));
  };

  it('is a file beside its caption', async () => {
    expect(
      await kinds([
        '\u200eToy Shop (1).pdf (Datei angehängt)',
        'IMG-20250314-WA0001.jpg （文件附件）\nthe shelf\nand more',
        'report.pdf (see page 3)',
        'look.jpg (file attached) <This message was edited>',
      ]),
    ).toEqual([
      { kind: 'attachment', text: '', edited: false, names: ['Toy Shop (1).pdf'], deletedBy: undefined },
      {
        kind: 'attachment',
        text: 'the shelf\nand more',
        edited: false,
        names: ['IMG-20250314-WA0001.jpg'],
        deletedBy: undefined,
      },
      { kind: 'text', text: 'report.pdf (see page 3)', edited: false, names: [], deletedBy: undefined },
      { kind: 'attachment', text: '', edited: true, names: ['look.jpg'], deletedBy: undefined },
    ]);
  });

  it('is left out, also with the name of what was', async () => {
    const found = await kinds(
      [
        '\u200eplan.pdf • \u200e3 pages \u200edocument omitted',
        'my shelf \u200eimage omitted',
        '\u200eKontaktkarte ausgelassen',
      ],
      'ios',
    );
    expect(found.map(({ kind, names, text }) => [kind, names[0], text])).toEqual([
      ['omitted', 'plan.pdf', ''],
      ['omitted', null, 'my shelf'],
      ['omitted', null, ''],
    ]);
  });

  it('was deleted, and by whom', async () => {
    const found = await kinds([
      'This message was deleted by admin Hugo',
      'You deleted this message.',
      'Esta mensagem foi apagada',
      'this message was deleted, I think',
    ]);
    expect(found.map(({ kind, deletedBy }) => [kind, deletedBy])).toEqual([
      ['deleted', 'admin'],
      ['deleted', 'exporter'],
      ['deleted', 'unknown'],
      ['text', undefined],
    ]);
  });

  it('leads nowhere where its name leads out of the folder', async () => {
    const { messages } = await read([
      '[14/03/2025, 15:00:00] Ida: \u200e<attached: ../../secret.jpg>',
      '[14/03/2025, 15:00:01] Ida: \u200e<attached: C:\\a.jpg>',
    ]);
    expect(messages.map(({ attachments }) => attachments.map(({ name, path }) => [name, path]))).toEqual([
      [['../../secret.jpg', null]],
      [['C:\\a.jpg', null]],
    ]);
  });
});
