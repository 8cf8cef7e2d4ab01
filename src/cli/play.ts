import { publishScript } from '../api/redis/scriptPublication';
import { KEEP, SEED, SPEED } from '../server/defaults';
import { isAnyUrl, isRedisUrl, shownStreamUrl, splitStreamUrl } from '../server/redis/link/redisAddress';
import { withCodes } from '../text/foreignText';
import type { Command } from './command';
import { counted, stamped } from './lines/logLines';
import { apiFailure } from './process/apiFailure';
import { EXIT } from './process/exitCode';
import { UsageError } from './process/failure';
import { unlessInterrupted } from './process/interruption';

const HELP = `Usage: sse-counter play FILE.sse --to redis://HOST:6379/STREAM [options]

Publishes a file's events on a stream of a Redis or Valkey, at their times, to its end or until Ctrl-C: \`sse-counter serve
redis://HOST:6379/STREAM\` sends them, on any number of servers. Directives that concern one connection are named and left out, and
so are ids, since Redis gives them. While Redis is gone, it waits.

  --to URL    redis://[USER:PASSWORD@]HOST[:PORT]/STREAM, rediss:// for TLS; user and password also by REDIS_URL
  --loop      begins again at the end; a file that has \`:@ loop\` does so by itself
  --speed X   plays X times as fast, ${SPEED.minimum} to ${SPEED.maximum}. Default: ${SPEED.default}
  --seed N    the same pauses of random length in each run. Default: random
  --keep N    how many entries are kept, about, when one is published. Default: ${KEEP.default}
`;

export const play: Command = {
  help: HELP,
  options: {
    to: { type: 'string' },
    loop: { type: 'boolean' },
    speed: { type: 'string' },
    seed: { type: 'string' },
    keep: { type: 'string' },
  },
  async run(given, { stdout, stderr, interrupted }) {
    const file = given.only('FILE');
    const url = given.text('to') ?? '';
    if (isAnyUrl(file)) throw new UsageError('It takes a FILE; the Redis stream comes behind --to.');
    if (!isRedisUrl(url)) throw new UsageError('--to takes redis://HOST:6379/STREAM.');
    const log = (text: string) => stderr.log(withCodes(stamped(text)));
    try {
      const shown = shownStreamUrl(url);
      let begin = () => {};
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
      const publishing = publishScript(file, splitStreamUrl(url), {
        loop: given.has('loop'),
        speed: given.number('speed', SPEED, 'a factor') ?? SPEED.default,
        seed: given.wholeNumber('seed', SEED),
        keep: given.wholeNumber('keep', KEEP) ?? KEEP.default,
        signal: interrupted,
        onReady: (leftOut) => {
          begin();
          stdout.line(`Playing ${withCodes(file)} to ${withCodes(shown)}`);
          if (leftOut.length > 0) log(`left out, as no part of a shared stream: ${leftOut.join(', ')}`);
        },
        onProblem: (problem) => log(problem ?? 'Redis is back'),
      });
      await unlessInterrupted(Promise.race([begun, publishing]), interrupted);
      const { events, unsure } = await publishing;
      const lost = unsure === 0 ? '' : `; of ${counted(unsure, 'more event')} nobody knows whether they were`;
      stdout.line(`Published ${counted(events, 'event')}${lost}`);
      return EXIT.done;
    } catch (error) {
      throw apiFailure(error);
    }
  },
};
