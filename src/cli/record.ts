import { resolve } from 'node:path';
import { StreamError } from '../api/reading/streamError';
import type { Recording, RecordOptions } from '../api/reading/streamEvent';
import { StreamRecording } from '../api/recording/streamRecording';
import { withCodes } from '../text/foreignText';
import type { Command } from './command';
import { counted, reconnectLine, seconds } from './lines/logLines';
import { apiFailure } from './process/apiFailure';
import { EXIT } from './process/exitCode';
import { UsageError } from './process/failure';
import { Progress } from './process/progress';
import { milliseconds, READING_OPTIONS, readingOptions } from './readingOptions';
import { REQUEST_HELP, REQUEST_OPTIONS, requestFrom } from './requestOptions';

const HELP = `Usage: sse-counter record URL -o FILE [options]
       sse-counter record "curl …" -o FILE [options]

Records a stream to a .sse file, JSON lines each as the data of an event, with its timing, until it ends, or until Ctrl-C. \`sse-counter serve\` plays it.

  -o, --output FILE       file to write; an existing one is an error
      --force             overwrites an existing file
      --for S             ends after S seconds
      --count N           ends after N events; fewer are a failure
      --reconnect         reconnects after a cut or an end, as an EventSource does, until 204
      --last-event-id ID  resumes behind that event
      --as FORMAT         reads any response as that, events or lines. Default: by its media type
${REQUEST_HELP}
`;

export const record: Command = {
  help: HELP,
  options: {
    ...REQUEST_OPTIONS,
    ...READING_OPTIONS,
    output: { type: 'string', short: 'o' },
    for: { type: 'string' },
    force: { type: 'boolean' },
  },
  async run(given, { stderr, interrupted }) {
    const file = given.text('output');
    if (file === undefined || file === '') throw new UsageError('There is no -o FILE.');
    if (file === '-') throw new UsageError('-o takes a file; for standard output use sse-counter read --raw.');
    const progress = { events: 0, bytes: 0 };
    const line = new Progress(stderr, () => `${counted(progress.events, 'event')}, ${counted(progress.bytes, 'byte')}`);
    const options: RecordOptions = {
      ...readingOptions(given),
      duration: milliseconds(given, 'for'),
      force: given.has('force'),
      signal: interrupted,
      onProgress: (sofar) => Object.assign(progress, sofar),
      onReconnect: (reconnect) => {
        line.clear();
        stderr.line(reconnectLine(reconnect));
      },
    };
    const recording = new StreamRecording(options);
    try {
      const request = await requestFrom(given, interrupted);
      const recorded = await recording.run(request, resolve(file));
      line.close();
      stderr.line(recordedLine(file, recorded));
      return EXIT.done;
    } catch (error) {
      line.close();
      if (error instanceof StreamError && recording.kept !== undefined)
        stderr.line(recordedLine(file, { ...error.end, file: recording.kept }));
      throw apiFailure(error);
    } finally {
      line.close();
    }
  },
};

function recordedLine(asked: string, { file, events, duration, firstEvent = 1 }: Recording): string {
  const line = `Recorded ${counted(events, 'event')} in ${seconds(duration)} to`;
  if (resolve(asked) === file) return `${line} ${withCodes(asked)}`;
  const from = firstEvent > 1 ? `, from the ${firstEvent}. on,` : '';
  return `${line} ${withCodes(file)}${from} as another program changed ${withCodes(asked)}`;
}
