// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the script that would replace them
// Pasted texts that repeat a piece: the time for them grows with their length, not with its square.
import { expect, test } from 'vitest';
import { readPasted } from '../../support/inspector/readPasted';

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
  [`A=(${'a '.repeat(20_000)})\ncurl http://a/ -d x `, '"${A[@]}" ', ''],
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
  [`curl http://a/ -${'a'.repeat(200_000)} `, "''", ''],
  [`curl http://a/ -H --data${'-'.repeat(200_000)}! `, "''", ''],
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

test.each(REPEATED)(
  'a text of 400 KB that repeats itself, number %#, takes less than a second',
  (begin, piece, end) => {
    const count = Math.floor((400_000 - begin.length - end.length) / piece.length);
    const before = process.cpuUsage();
    readPasted(begin + piece.repeat(count) + end);
    expect(process.cpuUsage(before).user).toBeLessThan(1_500_000);
  },
);
