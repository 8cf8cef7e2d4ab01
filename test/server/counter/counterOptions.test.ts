import { expect, test } from 'vitest';
import { parseCounterOptions } from '../../../src/server/counter/counterOptions';

const defaults = { interval: 1000, from: 1, limit: undefined, event: undefined, id: false, retry: undefined };

test('without options the count is the article’s: from 1, once a second, data alone', () => {
  expect(parseCounterOptions('')).toEqual(defaults);
});

test('all options are parsed', () => {
  expect(parseCounterOptions('interval=10&from=0&limit=5&event=count&id=1&retry=0')).toEqual({
    interval: 10,
    from: 0,
    limit: 5,
    event: 'count',
    id: true,
    retry: 0,
  });
});

const ranges: [name: string, min: number, max: number][] = [
  ['interval', 10, 3_600_000],
  ['from', 0, 1_000_000_000],
  ['limit', 1, 1_000_000_000],
  ['retry', 0, 3_600_000],
];

test.each(ranges)('%s takes whole numbers from %i to %i, both included', (name, min, max) => {
  expect(parseCounterOptions(`${name}=${min}`)).toMatchObject({ [name]: min });
  expect(parseCounterOptions(`${name}=${max}`)).toMatchObject({ [name]: max });
  const wrong = [
    min - 1,
    max + 1,
    '',
    '1.5',
    '1e3',
    '0x10',
    '+20',
    ' 20',
    '٣',
    '%32%',
    '99999999999999999999',
    'NaN',
    '010',
  ];
  for (const value of wrong) {
    const sentence = new RegExp(
      `^The option "${name}" takes a whole number( of milliseconds)? from ${min} to ${max}\\.$`,
    );
    expect(() => parseCounterOptions(`${name}=${value}`), `${name}=${value}`).toThrow(sentence);
  }
});

test('event takes one line of 1 to 100 characters, counted as code points', () => {
  expect(parseCounterOptions('event=a+b%26c').event).toBe('a b&c');
  expect(parseCounterOptions(`event=${encodeURIComponent('😀'.repeat(100))}`).event).toBe('😀'.repeat(100));
  for (const value of ['', 'x'.repeat(101), 'a%0Ab', 'a%0Db', '%E0%A4']) {
    expect(() => parseCounterOptions(`event=${value}`), value).toThrow(
      'The option "event" takes one line of 1 to 100 characters.',
    );
  }
});

test('an equals sign in a value belongs to the value', () => {
  expect(parseCounterOptions('event=a=b').event).toBe('a=b');
});

test('id takes only 1', () => {
  for (const value of ['0', '', '2', 'true']) {
    expect(() => parseCounterOptions(`id=${value}`), value).toThrow('The option "id" takes only the value 1.');
  }
});

test('an option given twice is refused, even with the same value', () => {
  expect(() => parseCounterOptions('interval=100&interval=100')).toThrow(
    'The option "interval" takes a whole number of milliseconds from 10 to 3600000, once.',
  );
});

test('an option without a value is refused like an empty one', () => {
  expect(() => parseCounterOptions('limit')).toThrow('The option "limit" takes a whole number from 1 to 1000000000.');
});

test('the error for an unknown option names it and the known ones', () => {
  expect(() => parseCounterOptions('intervall=100')).toThrow(
    'Unknown option "intervall": the options are interval, from, limit, event, id, retry.',
  );
  expect(() => parseCounterOptions('__proto__=1')).toThrow('Unknown option "__proto__"');
});

test('a hostile unknown name is quoted and shortened', () => {
  expect(() => parseCounterOptions(`${'x'.repeat(5000)}=1`)).toThrow(`Unknown option "${'x'.repeat(100)}"`);
  expect(() => parseCounterOptions('a"\r\nb=1')).toThrow('Unknown option "a\\"\\r\\nb"');
});

test('empty parts between ampersands, which browsers and curl may send, are skipped', () => {
  expect(parseCounterOptions('&&limit=2&')).toEqual({ ...defaults, limit: 2 });
});
