// A megabyte behind a command, of which a notification says what it has left out.
import { expect, test } from 'vitest';
import { readPasted } from '../../src/editor/pastedRequest';
import { notesOn } from '../../src/editor/requestNotes';

const PIECES = [' ', '\n', '\t', ' -', "'", '"', '$', '$(', '${', '`', '=', 'a=', ':', 'a:', '&', '|', ' a', '/', 'x'];
const BEGINNINGS = [
  'curl http://a/ | x',
  'curl http://a/ & ',
  'curl http://a/\n',
  'curl http://a/ #',
  'curl http://a/${x',
];

test.each(PIECES)('a megabyte of %j is read, and noted, in less than a second of the processor', (piece) => {
  const slow = BEGINNINGS.filter((begin) => {
    const before = process.cpuUsage();
    const { parsed } = readPasted(`${begin}${piece.repeat((1_000_000 - begin.length) / piece.length)}y`);
    notesOn(parsed?.notes ?? []);
    return process.cpuUsage(before).user > 1_000_000;
  });
  expect(slow).toEqual([]);
});
