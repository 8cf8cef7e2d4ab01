import type { ConnectionEnd } from '../../../src/script/scriptWriter';
import { randomChunks, randomStream } from './randomStream';

/** Data received on one connection. Times are in milliseconds. */
export interface RandomConnection {
  openedAt: number;
  chunks: { bytes: Buffer; time: number }[];
  end: ConnectionEnd | undefined;
  endedAt: number;
}

/** Lines that look like directives, and parts of them. */
const FEARED = [
  ':@ wait 1s',
  ':@',
  ':@@',
  ':@@@ drop',
  '\uFEFF:@ end',
  '\uFEFF:@@',
  ':',
  ':\uFEFF@',
  'a:@b',
  ': @',
  '@',
];
const LINE_ENDS = ['\n', '\r', '\r\n', '', '\r\r\n', '\n\n'];
const ENDS = ['end', 'drop', 'reset', undefined] as const;
/** Pauses, in milliseconds, from unnoticeable ones to more than a second. */
const PAUSES = [0, 0, 0.2, 0.6, 3.3, 17.49, 400.5, 2500.01];

/** Returns an event stream that is hard to record: with lines that look like directives; may be empty, or end anywhere. */
export function hardStream(random: () => number): Buffer {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
  const pieces: Buffer[] = [];
  for (let rounds = Math.floor(random() * 4); rounds > 0; rounds -= 1) {
    pieces.push(randomStream(random));
    while (random() < 0.6) pieces.push(Buffer.from(pick(LINE_ENDS) + pick(FEARED) + pick(LINE_ENDS)));
  }
  return Buffer.concat(pieces);
}

/** Returns up to four connections, one after the other, each split into chunks in random places. */
export function randomRecording(random: () => number): RandomConnection[] {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
  let time = random() * 1e6;
  const later = () => {
    time += pick(PAUSES) * random();
    return time;
  };
  return Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
    time += 3000;
    const openedAt = time;
    const stream = hardStream(random);
    const cut = random() < 0.2 ? Array.from(stream, (byte) => Buffer.of(byte)) : randomChunks(stream, random);
    const chunks = cut.map((bytes) => ({ bytes, time: later() }));
    return { openedAt, chunks, end: pick(ENDS), endedAt: later() };
  });
}
