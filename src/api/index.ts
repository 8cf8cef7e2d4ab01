// The only door for code: `import { serveEventStream } from 'sse-counter'`.
export { checkEventStream } from './checkEventStream';
export type {
  EventStreamMock,
  EventToPublish,
  MockConnection,
  MockRequest,
  RefuseOptions,
  ScriptLocation,
  ServeOptions,
  WaitOptions,
} from './mock/eventStreamMock';
export { readEventStream } from './readEventStream';
export { RequestError } from './reading/requestError';
export { StreamError, StreamTimeoutError } from './reading/streamError';
export type {
  EndCause,
  EventStreamRequest,
  ReadOptions,
  Reconnect,
  Recording,
  RecordOptions,
  RequestLocation,
  ScriptCheck,
  ScriptProblem,
  StreamEnd,
  StreamEvent,
  StreamReading,
} from './reading/streamEvent';
export { recordEventStream } from './recordEventStream';
export { RecordingFileError } from './recording/recordingFileError';
export { serveEventStream } from './serveEventStream';
