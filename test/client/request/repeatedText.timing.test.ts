// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the script that would replace them
// Pasted texts that repeat a piece: the time for them grows with their length, not with its square.
import { expect, test } from 'vitest';
import { readPasted } from '../../support/inspector/readPasted';
import { drawn, isLong } from '../../support/random/drawn';
import { ownTime } from '../../support/time/ownTime';

/** Length of the texts: in the long run, the longest that some readers take a second for. What takes quadratic time is seen in either. */
const LENGTH = isLong ? 400_000 : 100_000;

/** Texts for each reader: the end of what a piece begins isn't searched for through all of the rest. */
const REPEATED: [begin: string, piece: string, end: string][] = [
  ['curl http://a/?', 'a=1&', ''],
  ['curl http://a/ -d @- ', '<<A ', '\nx\nA'],
  ['curl http://a/ -d "', '$(cat <<E\n', '"'],
  ['curl http://a/ -H "a: ', '{{', '"'],
  ['curl "http://a/', '<a>', '"'],
  ['', 'A=1\n', 'curl http://a/'],
  ['', 'cat <<E\n', ''],
  ['', 'A=$X ', '\ncurl http://a/'],
  ['', '-a\n', '\ncurl http://a/'],
  ['A=', '$A', '\ncurl http://a/'],
  [`A=(${'a '.repeat(LENGTH / 20)})\ncurl http://a/ -d x `, '"${A[@]}" ', ''],
  ['', 'A=(\n', "'\ncurl http://a/"],
  ['', 'echo a; ', 'curl http://a/'],
  ['', 'printf a | ', 'curl http://a/'],
  ['A=', 'x$A', '\ncurl http://a/'],
  ['', '$ a\n>b\n', '\ncurl http://a/'],
  ['', 'echo a | ', ''],
  ['', 'sudo ', ''],
  ['see ', 'the curl ', ''],
  ['', '$ curl\n> x\n', ''],
  ['curl ^"http://a/^" -d ^"', '^\n\n', '^"'],
  ['curl "http://a/" ^\n -d "', '%A', '"'],
  ['curl.exe http://a/ `\n -d ', '"$(', ''],
  ['curl.exe http://a/ `\n -d ', "@'\n", ''],
  ['PS> x\ncurl.exe http://a/ -d ', '@"\n" ', ''],
  ['const a=[', '1,', `]; fetch("http://a/", {body: String([${'a,'.repeat(390)}])})`],
  [`const a={}; ${'a.x=['.repeat(190)}`, '1,', `${']'.repeat(190)}; fetch("http://a/", {body: a})`],
  ['fetch("http://a/", {body: `', '${A}', '`})'],
  ['fetch("http://a/", {body: ', '[', '})'],
  ['fetch("http://a/", {body: ', '"a"+', '"a"})'],
  ['', 'fetch(\n', ''],
  ['$env:A="x"\ncurl http://a/ -d ', '"{\\"{\\', ''],
  ['$env:A="x"\ncurl http://a/ -d ', '"{\\"{\\', '"x'],
  ['PS > ', '$A=-d @"\n', ' curl http://a/'],
  ['$env:A="x"\n', '$A=x `\n', "'\ncurl http://a/"],
  ['set A=b\ncurl http://a/?x', '&a=1', ''],
  [`curl http://a/ -${'a'.repeat(LENGTH / 2)} `, "''", ''],
  [`curl http://a/ -H --data${'-'.repeat(LENGTH / 2)}! `, "''", ''],
  ['A=1\nif\n', 'A=1\nfi;if\n', 'curl http://a/'],
  ['x ', "'", '\ncurl http://a/'],
  ['x ', 'if ', '\ncurl http://a/'],
  ['x export', ' a', '!\ncurl http://a/'],
  ['$env:A="x"\n', '$a= ', '\ncurl http://a/'],
  ['const a={};', '(/[', ';fetch("http://a/",{headers:a})'],
  ['const a={};', '`\\`', ';fetch("http://a/",{headers:a})'],
  ['const a={};', '/*', ';fetch("http://a/",{headers:a})'],
  ['const a={};', '[a', ';fetch("http://a/",{headers:a})'],
  ['const a={};', 'f(', ';fetch("http://a/",{headers:a})'],
  ['const a={};', 'f.', ';fetch("http://a/",{headers:a})'],
  ['const a={};', 'f\n', ';fetch("http://a/",{headers:a})'],
  ['const a={};', 'a.b', ';fetch("http://a/",{headers:a})'],
  ['const a={};', 'a[b', ';fetch("http://a/",{headers:a})'],
  ['const a={};', 'if(', 'a.x=1;fetch("http://a/",{headers:a})'],
  ['const q=new URLSearchParams("', 'a&', '");q.set("a","b");fetch("http://a/",{body:q})'],
  ['const q=new URLSearchParams("', 'a&', '");q.delete("a");fetch("http://a/",{body:q})'],
  ['const u=new URL("http://a/?', 'a&', '");u.searchParams.set("a","b");fetch(u)'],
];

test.each(drawn(REPEATED, 15))(
  'a long text that repeats itself, number %#, takes less than a second for 400 KB',
  (begin, piece, end) => {
    const count = Math.floor((LENGTH - begin.length - end.length) / piece.length);
    const text = begin + piece.repeat(count) + end;
    // Half a second more than it takes, or as much of it as there is text.
    expect(ownTime(() => void readPasted(text))).toBeLessThan((1500 * LENGTH) / 400_000);
  },
);
