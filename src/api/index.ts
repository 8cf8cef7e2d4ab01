// The only door for code: `import { serveEventStream } from 'sse-counter'`.

export type { ProtocolId } from '../analysis/protocols/model/protocol';
export type {
  ItemKind,
  ProblemCode,
  ResultItem,
  ResultProblem,
  ResultTiming,
  ResultUsage,
  StreamResult,
} from '../analysis/protocols/model/result';
export { RedisError, type RedisFailure } from '../server/redis/link/redisError';
export { WaitTimeoutError } from '../server/wait';
export { type AssembleOptions, assemble, type EventToAssemble } from './assemble';
export { checkEventStream } from './checkEventStream';
export { diagnoseEventStream } from './diagnoseEventStream';
export type {
  DiagnoseOptions,
  DiagnosisProgress,
  StreamDiagnosis,
  StreamFinding,
  StreamVerdict,
} from './diagnosis/diagnosis';
export type {
  EventStreamMock,
  EventToPublish,
  MockConnection,
  MockRequest,
  RefuseOptions,
  ScriptLocation,
  ServedLocation,
  ServeOptions,
  WaitOptions,
} from './mock/eventStreamMock';
export type { ScriptCheck, ScriptProblem } from './mock/scriptCheck';
export { ScriptError } from './mock/scriptError';
export { ServeError } from './mock/serveError';
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
  StreamEnd,
  StreamEvent,
  StreamReading,
} from './reading/streamEvent';
export { recordEventStream } from './recordEventStream';
export { RecordingFileError } from './recording/recordingFileError';
export type { RedisEventStream, RedisLocation, RedisServeOptions } from './redis/redisEventStream';
export { serveEventStream } from './serveEventStream';
