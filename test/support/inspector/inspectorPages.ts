import { History } from '../../../src/client/history/history';
import { HistoryView } from '../../../src/client/history/historyView';
import type { Inspection } from '../../../src/client/inspection';
import { type InspectionStatus, idle } from '../../../src/client/inspectionStatus';
import { Journal } from '../../../src/client/recording/journal';
import { TimelineRecorder } from '../../../src/client/timeline/timelineRecorder';
import type { InspectorPanel } from '../../../src/extension/inspector/inspectorPanel';
import { InspectorPresenter } from '../../../src/extension/inspector/inspectorPresenter';
import type { RequestSecrets } from '../../../src/extension/inspector/stored/requestSecrets';
import type { ToInspectorPage } from '../../../src/messages/inspector';
import type { Outcome } from '../../../src/messages/streamStatus';
import { Turns } from '../../../src/turns/turns';
import { record } from '../client/recorded';
import { apart, type Told } from '../client/toldChanges';

type Message<T extends Told['type']> = Extract<Told, { type: T }>;

/** Returns a body as an inspection has it, incomplete unless `more` says otherwise. */
export function body(bytes: string | Buffer, more: Partial<Inspection['body']> = {}): Inspection['body'] {
  const read = Buffer.from(bytes as string);
  return { bytes: read, size: read.length, cut: false, state: 'coming', ...more };
}

/** Creates a page of an inspection that has read the stream, and collects the messages to it. */
export function pageOf(stream = '', outcome: Outcome = {}) {
  const history = new History();
  record(history, stream);
  const inspection = {
    history,
    lines: new Journal(history, () => undefined).lines,
    view: new HistoryView(history, () => undefined),
    status: idle() as InspectionStatus,
    timeline: new TimelineRecorder(() => history.count + 1),
    eventNames: new Set<string>(),
    rate: 0,
    insecure: false,
    running: true,
    recorder: undefined as { name: string; size: number } | undefined,
    body: body(''),
  };
  const told: Told[] = [];
  const panel = { visible: true, post: (message: ToInspectorPage) => void told.push(...apart([message])) };
  const page = new InspectorPresenter({
    panel: panel as unknown as InspectorPanel,
    inspection: inspection as unknown as Inspection,
    turns: new Turns(),
    secrets: { of: async () => [] } as unknown as RequestSecrets,
    requests: { outcome },
  });
  const all = <T extends Told['type']>(type: T) =>
    told.filter((message): message is Message<T> => message.type === type);
  /** Returns the latest message of that type. */
  const last = <T extends Told['type']>(type: T): Message<T> => {
    const message = all(type).at(-1);
    if (!message) throw new Error(`The page was told no ${type}.`);
    return message;
  };
  return { page, panel, inspection, history, told, all, last };
}
