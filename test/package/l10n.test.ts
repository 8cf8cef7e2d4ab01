import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import bundle from '../../l10n/bundle.l10n.ja.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };
import japanese from '../../package.nls.ja.json' with { type: 'json' };
import english from '../../package.nls.json' with { type: 'json' };

/** A call of `l10n.t`, or of the `t` that is passed to pure code. */
const CALL = /(?<![\w.])(?:l10n\.)?t\(/g;

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join('src', file), 'utf8'));

/** Returns the keys of all calls: the English text, followed by a slash and its comment if it has one. */
function keysInSource(): string[] {
  return sources.flatMap((source) => {
    const plain = [...source.matchAll(/(?<![\w.])(?:l10n\.)?t\(\s*'([^']+)'/g)].map(([, text]) => text ?? '');
    const commented = [...source.matchAll(/l10n\.t\(\{ message: '([^']+)', comment: \['([^']+)'\] \}\)/g)];
    return [...plain, ...commented.map(([, text, comment]) => `${text}/${comment}`)];
  });
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\d\}/g))].sort();
}

/** Names texts without Japanese. VS Code shows them in English: whoever adds one needn't know Japanese. */
function warnOf(missing: string[]): void {
  if (missing.length > 0) console.warn(`Not in Japanese yet:\n- ${missing.join('\n- ')}`);
}

test('each translated text is one that a person reads; those without Japanese are named', () => {
  const keys = [...new Set(keysInSource())].sort();
  expect(keys.length).toBeGreaterThan(20);
  expect(Object.keys(bundle).filter((key) => !keys.includes(key))).toEqual([]);
  warnOf(keys.filter((key) => !(key in bundle)));
});

test('every l10n.t call can be parsed by this test', () => {
  const calls = sources.flatMap((source) => source.match(CALL) ?? []);
  expect(keysInSource()).toHaveLength(calls.length);
});

test.each(Object.entries(bundle))('the Japanese of %j has the same placeholders', (key, text) => {
  expect(placeholders(text)).toEqual(placeholders(key));
});

test.each([english, japanese])(
  'the walkthrough names the setting of the port, and 8080 only as its default',
  (texts) => {
    const steps = Object.entries(texts).filter(([key]) => key.startsWith('walkthrough.'));
    const named = steps.filter(([, text]) =>
      text.includes(String(manifest.contributes.configuration.properties['sseCounter.port'].default)),
    );
    expect(named.map(([key]) => key)).toEqual(['walkthrough.start.start.description']);
    expect(named[0]?.[1]).toContain('`sseCounter.port`');
    expect(steps.filter(([, text]) => /127\.0\.0\.1:/.test(text))).toEqual([]);
  },
);

test('package.json’s texts exist, and each is used; those without Japanese are named', () => {
  const keys = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map(([, key]) => key ?? '');
  const used = [...new Set(keys)].sort();
  expect(Object.keys(english).sort()).toEqual(used);
  expect(Object.keys(japanese).filter((key) => !used.includes(key))).toEqual([]);
  warnOf(used.filter((key) => !(key in japanese)));
});
