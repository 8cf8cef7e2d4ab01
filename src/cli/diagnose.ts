import { checkedDiagnoseOptions } from '../api/diagnosis/diagnoseOptions';
import type { DiagnoseOptions, DiagnosisProgress, StreamDiagnosis } from '../api/diagnosis/diagnosis';
import { requestDiagnosis } from '../api/diagnosis/requestDiagnosis';
import { stepText } from '../client/probe/probeWords';
import { inEnglish } from '../text/translate';
import type { Command, Surroundings } from './command';
import { jsonLine } from './lines/eventLines';
import { diagnosisLines, isSure } from './lines/findingLines';
import { apiFailure } from './process/apiFailure';
import type { Arguments } from './process/arguments';
import { EXIT } from './process/exitCode';
import { Unfinished, UsageError } from './process/failure';
import { Progress } from './process/progress';
import { REQUEST_HELP, REQUEST_OPTIONS, requestFrom } from './requestOptions';

/** Maximum length of the line of progress, in characters: a longer one would take two lines of a terminal. */
const MAX_PROGRESS = 78;

const HELP = `Usage: sse-counter diagnose URL [options]
       sse-counter diagnose "curl …" [options]

Says why a stream is late, cut, refused or incomplete, and what to do: asks for it as given, and, if that is a GET, in other
ways. Only GET, HEAD and OPTIONS are sent unasked, for at most 10 s and 64 KB each and 30 s in all. Credentials go to
their own origin only. Exit code: 0 nothing proven or likely, 3 something is, 1 there was no response.

${REQUEST_HELP}
      --compare URL       another address of the same stream, such as that behind the proxy
      --origin O          origin of a page that is to read it, such as http://localhost:5173: whether a browser would
      --one-at-a-time     never more than one request at once; else at most three
      --json              an array of findings: id, confidence, text, fix, values
`;

export const diagnose: Command = {
  help: HELP,
  options: {
    ...REQUEST_OPTIONS,
    'compare': { type: 'string' },
    'origin': { type: 'string' },
    'one-at-a-time': { type: 'boolean' },
    'json': { type: 'boolean' },
  },
  async run(given, around) {
    const options = optionsOf(given);
    const { stdout, interrupted } = around;
    const { findings, ...more } = await diagnosisFrom(given, options, around).catch((error: unknown) => {
      throw interrupted.aborted ? new Unfinished('The stream was not diagnosed') : apiFailure(error);
    });
    if (given.has('json')) stdout.line(jsonLine(findings, stdout.isTerminal));
    else stdout.line(diagnosisLines({ findings, ...more }));
    return findings.some(isSure) ? EXIT.found : EXIT.done;
  },
};

function optionsOf(given: Arguments): DiagnoseOptions {
  const options = {
    origin: given.text('origin'),
    compare: given.text('compare'),
    second: !given.has('one-at-a-time'),
  };
  try {
    checkedDiagnoseOptions(options);
    return options;
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(`--${error.message}`) : error;
  }
}

async function diagnosisFrom(
  given: Arguments,
  options: DiagnoseOptions,
  { stderr, interrupted }: Surroundings,
): Promise<StreamDiagnosis> {
  const request = await requestFrom(given, interrupted);
  let now: DiagnosisProgress = { asking: [], done: 0 };
  const onProgress = (progress: DiagnosisProgress) => {
    now = progress;
  };
  const line = new Progress(stderr, () => progressLine(now));
  try {
    return await requestDiagnosis(request, { ...options, signal: interrupted, onProgress });
  } finally {
    line.close();
  }
}

function progressLine({ asking, done }: DiagnosisProgress): string {
  const line = `${done} done, asking ${asking.map((step) => stepText(inEnglish, step)).join(' · ')}`;
  return line.length > MAX_PROGRESS ? `${line.slice(0, MAX_PROGRESS - 1)}…` : line;
}
