import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AskedValues } from '../../../src/script/fill/askedValues';
import { newUuid, wholeNumber } from '../../../src/script/fill/random';
import { filled, filledBytes, newFilling } from '../../support/mock/filled';
import { newScript, sentBy } from '../../support/mock/newScript';
import { seeded } from '../../support/random/random';

const BODY = {
  model: 'm',
  n: 7,
  list: [1, { a: 'b' }],
  yes: true,
  nothing: null,
  text: 'a "b"\\\n\u2028',
  lone: '\ud800',
};

describe('what is filled in', () => {
  test.each<[place: string, value: string]>([
    ['{{n}}', '3'],
    ['{{ n }}', '3'],
    ['{{now}}', '2026-01-02T03:04:05.006Z'],
    ['{{now ms}}', '1767323045006'],
    ['{{random 5 5}}', '5'],
    ['{{query channel}}', '7 8'],
    ['{{query two}}', 'first'],
    ['{{query missing}}', ''],
    ['{{query __proto__}}', ''],
    ['{{body /model}}', 'm'],
    ['{{body /n}}', '7'],
    ['{{body /yes}}', 'true'],
    ['{{body /nothing}}', 'null'],
    ['{{body /list}}', '[1,{"a":"b"}]'],
    ['{{body /list/-1/a}}', 'b'],
    ['{{body /missing}}', ''],
    ['{{body /constructor/name}}', ''],
  ])('%s', (place, value) => {
    const by = {
      query: 'channel=7+8&two=first&two=second',
      body: BODY,
      before: 2,
      now: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    };
    expect(filled(`data: <${place}>\n\n`, by)).toBe(`data: <${value}>\n\n`);
  });

  test('all of the body', () => {
    expect(filled('data: {{body}}\n\n', { body: { a: [1, '\n'] } })).toBe('data: {"a":[1,"\\n"]}\n\n');
    expect(filled('data: <{{body}}>\n\n')).toBe('data: <>\n\n');
  });

  test('a UUID of version 4, another one at each place', () => {
    const [, one = '', other = ''] =
      /^data: (.*) (.*)\n\n$/.exec(filled('data: {{uuid}} {{uuid}}\n\n', { random: seeded(1) })) ?? [];
    for (const uuid of [one, other])
      expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(one).not.toBe(other);
    expect(newUuid(() => 0)).toBe('00000000-0000-4000-8000-000000000000');
    expect(newUuid(() => 1 - 2 ** -32)).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  });

  test('random numbers have both of their ends, and are the same for the same random numbers', () => {
    const random = seeded(7);
    const drawn = Array.from({ length: 1000 }, () => wholeNumber(-1, 2, random));
    expect(new Set(drawn)).toEqual(new Set([-1, 0, 1, 2]));
    const most = Number.MAX_SAFE_INTEGER;
    for (const last of [1 - 2 ** -32, 1 - 2 ** -53]) {
      expect(wholeNumber(0, most, () => last)).toBeLessThanOrEqual(most);
      expect(wholeNumber(-5, 5, () => last)).toBe(5);
    }
    expect(wholeNumber(0, most, () => 1 - 2 ** -53)).toBe(most);
    expect(wholeNumber(-most, 0, () => 0)).toBe(-most);
    const text = 'data: {{random 1 1000000}} {{uuid}}\n\n'.repeat(5);
    expect(filled(text, { random: seeded(9) })).toBe(filled(text, { random: seeded(9) }));
    expect(filled(text, { random: seeded(9) })).not.toBe(filled(text, { random: seeded(8) }));
  });
});

describe('the number of the event', () => {
  test('counts events, and is the same everywhere in each', () => {
    const text = ': {{n}}\nid: {{n}}\nevent: x{{n}}\nretry: {{n}}\ndata: {{n}}\ndata: "{{n}}"\n\n';
    const sent = (n: number) => text.replaceAll('{{n}}', String(n));
    expect(filled(text + text, { before: 5 })).toBe(sent(6) + sent(7));
  });

  test('counts no blocks without data: they have the number of the next event', () => {
    expect(filled(': {{n}}\n\nid: {{n}}\n\ndata: {{n}}\n\n: {{n}}\n\n\ndata\n\ndata: {{n}}\n\nid: {{n}}\n\n')).toBe(
      ': 1\n\nid: 1\n\ndata: 1\n\n: 2\n\n\ndata\n\ndata: 3\n\nid: 4\n\n',
    );
  });

  test('is that of the whole event, which a pause, a cut or a drop divides', () => {
    const text =
      'data\n\nid: {{n}}\n:@ wait 1s\ndata: {{n}}\n:@ cut 8 1s\ndata: a {{n}}\n:@ drop\ndata: {{n}}\n\ndata: {{n}}\n\n';
    expect(filled(text)).toBe('data\n\nid: 2\ndata: 2\ndata: a 2\ndata: 2\n\ndata: 3\n\n');
  });

  test('is given again to an event that a connection cut off', () => {
    expect(filled('data: {{n}}\n:@ drop\n:@ connection\ndata: {{n}}\n\n')).toBe('data: 1\ndata: 1\n\n');
  });
});

describe('how a value is written', () => {
  const body = BODY;

  test('in a string of JSON it is escaped', () => {
    const sent = filled('data: {"a": "{{body /text}}{{body /list}}", "b": "{{body /lone}}"}\n\n', { body });
    expect(sent).toBe('data: {"a": "a \\"b\\"\\\\\\n\u2028[1,{\\"a\\":\\"b\\"}]", "b": "\\ud800"}\n\n');
    expect(JSON.parse(sent.slice(5))).toEqual({ a: `${BODY.text}[1,{"a":"b"}]`, b: BODY.lone });
  });

  test.each<[line: string, isEscaped: boolean]>([
    ['{"a": "{{query q}}"}', true],
    ['{"a": {{query q}}}', false],
    ['  \t["{{query q}}"]', true],
    ['"{{query q}}"', true],
    ['["a\\"{{query q}}"]', true],
    ['["a\\\\"{{query q}}]', false],
    ['["{{query none}}", {{query q}}]', false],
    ['["{{{{", "{{query q}}"]', true],
    ['["é北", "{{query q}}"]', true],
    ['text "{{query q}}"', false],
    ['{{query none}} "{{query q}}"', false],
    ['{{{{ "{{query q}}"', false],
    ['', false],
  ])('“%s” is looked at as text, not parsed', (line, isEscaped) => {
    const sent = filled(`data:${line}\n\n`, { query: 'q=%22' });
    if (line !== '') expect(sent.includes('\\"')).toBe(isEscaped || line.includes('\\"'));
    expect(sent).toBe(
      `data:${line
        .replace('{{query q}}', isEscaped ? '\\"' : '"')
        .replace('{{query none}}', '')
        .replace('{{{{', '{{')}\n\n`,
    );
  });

  test('whether it is JSON is decided by the event’s first line of data, and what is open by each line', () => {
    const by = { query: 'q=%22' };
    expect(filled('data: {"a":\ndata: "{{query q}}"}\n\n', by)).toBe('data: {"a":\ndata: "\\""}\n\n');
    expect(filled('data: {"a": "\ndata: {{query q}}"}\n\n', by)).toBe('data: {"a": "\ndata: ""}\n\n');
    expect(filled('data: a\ndata: ["{{query q}}"]\n\n', by)).toBe('data: a\ndata: ["""]\n\n');
    expect(filled('data\ndata: ["{{query q}}"]\n\n', by)).toBe('data\ndata: ["""]\n\n');
    expect(filled('data: a\n\ndata: ["{{query q}}"]\n\n', by)).toBe('data: a\n\ndata: ["\\""]\n\n');
    expect(filled('event: ["{{query q}}"]\n: ["{{query q}}"]\n', by)).toBe('event: ["""]\n: ["""]\n');
  });

  test.each(['\n', '\r', '\r\n'])(
    'a line end %j begins a new line of data, and is left out of any other line',
    (end) => {
      const by = { query: `q=${encodeURIComponent(`a${end}id: 5${end}${end}data: b`)}` };
      expect(filled('data: <{{query q}}>\n\n', by)).toBe('data: <a\ndata: id: 5\ndata: \ndata: data: b>\n\n');
      expect(filled('data: [{{query q}}]\n\n', by)).toBe('data: [a\ndata: id: 5\ndata: \ndata: data: b]\n\n');
      expect(filled('event: {{query q}}\nretry: {{query q}}\n: {{query q}}\nx: {{query q}}\n', by)).toBe(
        ['event', 'retry', '', 'x'].map((name) => `${name}: aid: 5data: b\n`).join(''),
      );
    },
  );

  test('a lone surrogate becomes U+FFFD', () => {
    expect(filled('data: {{body /lone}}\n\n', { body })).toBe('data: \ufffd\n\n');
  });
});

describe('braces', () => {
  test.each<[line: string, sent: string]>([
    ['data: {{', 'data: {{'],
    ['data: a {{n', 'data: a {{n'],
    ['data: {{n}', 'data: {{n}'],
    ['data: {{{{n}}', 'data: {{n}}'],
    ['data: {{{{', 'data: {{'],
    ['data: {{{n}}}', 'data: {1}'],
    ['data: {{{{{n}}', 'data: {{{n}}'],
    ['data: {{{{{{n}}', 'data: {{1'],
    ['data: {{{{{{{{', 'data: {{{{'],
    ['data: {{n}}}}', 'data: 1}}'],
    ['data: }}{{n}}', 'data: }}1'],
    ['data: {{n}}{{n}}', 'data: 11'],
    ['data: {"a":{"b":{{n}}}}', 'data: {"a":{"b":1}}'],
    ['data: {{n}} {{', 'data: 1 {{'],
    ['data: {{ a {{{{', 'data: {{ a {{'],
    ['data{', 'data{'],
    [':@@ {{n}} {{{{', ':@ 1 {{'],
    ['\ufeff: {{n}}', '\ufeff: 1'],
  ])('%j is sent as %j', (line, sent) => {
    expect(filled(`${line}\n\n`)).toBe(`${sent}\n\n`);
  });

  test('a line may end with CR, CRLF or the file', () => {
    expect(filled('data: {{n}}\r\rdata: {{n}}\r\n\r\ndata: {{n}}')).toBe('data: 1\r\rdata: 2\r\n\r\ndata: 3');
    expect(filled(': {{n\r}}\n')).toBe(': {{n\r}}\n');
  });

  test('the type of an event with a place is no type of the file, and literal braces are one', () => {
    const types = (text: string) => [...newScript(`:@ fill\n${text}`).eventTypes];
    expect(types('event: x{{n}}\ndata\n\nevent: {{{{y\ndata\n\n')).toEqual(['{{y']);
  });
});

test('without `:@ fill`, all is sent byte for byte', () => {
  const text = 'id: {{n}}\nevent: {{x}}\ndata: {{n}} {{{{ "{{query a}}"\n{{n}}: {{random}}\n\n';
  const script = newScript(text);
  expect(script).toMatchObject({ fill: undefined, numberedPoints: [], eventTypes: new Set(['{{x}}']) });
  expect([...script.resumePoints.keys()]).toEqual(['{{n}}']);
  expect(sentBy(script).toString()).toBe(text);
  expect(filledBytes(script).toString()).toBe(text);
  expect(script.problems.map(({ code }) => code)).toEqual(['unknownField']);
});

test('a step without places keeps its bytes, and is not copied', () => {
  const script = newScript(':@ fill\ndata: a\n\ndata: {{n}}\n\ndata: b\n\n');
  const [first, filledStep, last] = script.steps;
  expect(script.steps).toHaveLength(3);
  expect([first, last]).toMatchObject([{ events: 1 }, { events: 3 }]);
  expect(first).not.toHaveProperty('fills');
  expect(filledStep).toMatchObject({ kind: 'send', line: 3, events: 2, closed: true, fills: { event: 2 } });
});

test('the values of a file are looked up once a step needs them: a restart loads it for a thousand connections at one go', () => {
  const lookUp = vi.spyOn(AskedValues.prototype, 'of');
  onTestFinished(() => lookUp.mockRestore());
  const script = newScript(':@ fill\ndata: {{query a}}\n\ndata: {{query a}}\n\n');
  const filling = newFilling(script, { query: 'a=1', body: undefined }, Math.random);
  filling.load(script);
  expect(lookUp).not.toHaveBeenCalled();
  const texts = script.steps.map((step) =>
    step.kind === 'send' ? Buffer.concat([...filling.parts(step, 0, 0)]).toString() : '',
  );
  expect([texts, lookUp.mock.calls.length]).toEqual([['data: 1\n\n', 'data: 1\n\n'], 1]);
});
