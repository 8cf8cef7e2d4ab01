// A process that records a stream to a file until it is killed: `node recordingProcess.mjs URL FILE`. It prints lines with
// the number of events received, and the size of the file.

import { RecordedFiles } from '../../../src/client/files/recordedFiles';
import { Inspection } from '../../../src/client/inspection';
import { Recorder } from '../../../src/client/recording/recorder';

const [, , url = '', file = ''] = process.argv;
const recorder = await Recorder.create(file, new RecordedFiles(), (error) => {
  throw error;
});
const inspection = new Inspection(() => console.log(`${inspection.history.count} ${recorder.size}`));
inspection.record(recorder);
inspection.connect({ method: 'GET', url, headers: [], insecure: false }, { reconnect: true, lastEventId: '' });
