import {
  array,
  boolean,
  check,
  type GenericSchema,
  integer,
  literal,
  maxLength,
  maxValue,
  minValue,
  number,
  object,
  optional,
  picklist,
  pipe,
  safeParse,
  string,
  union,
  variant,
} from 'valibot';
import { l10n, type Uri, type WebviewPanel } from 'vscode';
import { MAX_PATH, readJsonPath } from '../../analysis/protocols/json/jsonPath';
import { MAX_COLUMNS } from '../../analysis/timeline/timelineView';
import { MAX_TEXT } from '../../client/request/requestLimits';
import type { FromInspectorPage, ToInspectorPage } from '../../messages/inspector';
import type { ProtocolChoice } from '../../messages/results';
import { MAX_HIDDEN } from '../../messages/table';
import type { Log } from '../shared/output/log';
import type { PanelKind } from '../shared/panel/openPanel';
import { PanelPage, type PanelPageOptions } from '../shared/panel/panelPage';
import { INSPECTOR_PANEL } from '../shared/panel/viewTypes';
import { FormSchema } from './form/formSchema';
import { inspectorHtml } from './inspectorHtml';
import { PROTOCOLS } from './result/protocols';
import { ColumnsSchema, LayoutSchema } from './table/layoutSchema';

/** Maximum length of a filter, in UTF-16 code units, as in the page's field: a longer one takes over 10 ms to compile. */
const MAX_FILTER = 4000;

/** Maximum length of a finding's key, of an origin, and of an address to compare with, in UTF-16 code units. */
const [MAX_KEY, MAX_ORIGIN, MAX_URL] = [100, 300, 4000];

/** Choices of a protocol that the page may send. */
const CHOICES: readonly Exclude<ProtocolChoice, 'path'>[] = ['auto', 'off', ...PROTOCOLS];

const text = (max: number) => pipe(string(), maxLength(max));
const PathSchema = object({
  text: pipe(
    text(MAX_PATH),
    check((path) => readJsonPath(path) !== undefined),
  ),
  isAppended: boolean(),
});
/** Schema of a row, a line, or an event's number. */
const place = pipe(number(), integer(), minValue(0), maxValue(Number.MAX_SAFE_INTEGER));

type Message = Exclude<FromInspectorPage, { type: 'ready' | 'ping' }>;

const Messages: GenericSchema<unknown, Message> = variant('type', [
  object({ type: literal('edited'), form: FormSchema, done: boolean() }),
  object({ type: literal('connect'), form: FormSchema }),
  // A longer text is accepted, to be reported as too long.
  object({ type: literal('paste'), text: optional(text(MAX_TEXT + 1)) }),
  object({ type: literal('offer'), offer: picklist(['recent', 'counter']) }),
  object({ type: picklist(['disconnect', 'reconnectNow', 'clear', 'copyCurl']) }),
  object({
    type: picklist(['showSecret', 'copySecret']),
    at: union([object({ mask: place }), object({ header: place })]),
  }),
  object({
    type: literal('nextStep'),
    step: picklist([
      ...(['sendTo', 'readAnyway', 'readAsStream', 'readAsLines', 'readAsText'] as const),
      ...(['tryHttp', 'tryHttps', 'connectAnyway'] as const),
    ]),
  }),
  object({ type: literal('rows'), generation: place, from: place, to: place, columns: optional(ColumnsSchema) }),
  object({ type: literal('wire'), generation: place, from: place, to: place }),
  object({ type: picklist(['select', 'copyEvent', 'copyData', 'openData']), number: place }),
  object({ type: literal('keepLayout'), layout: LayoutSchema }),
  object({
    type: literal('filter'),
    text: text(MAX_FILTER),
    isRegExp: boolean(),
    event: text(MAX_FILTER),
    between: optional(object({ from: number(), to: number() })),
    hidden: optional(pipe(array(text(MAX_FILTER)), maxLength(MAX_HIDDEN))),
  }),
  object({
    type: literal('timeline'),
    range: picklist(['last', 'all']),
    width: pipe(number(), integer(), minValue(0), maxValue(MAX_COLUMNS)),
  }),
  object({ type: literal('jump'), time: number() }),
  object({
    type: literal('find'),
    text: text(MAX_FILTER),
    isRegExp: boolean(),
    place: picklist(['events', 'wire']),
    from: place,
  }),
  object({ type: literal('findStep'), back: boolean() }),
  object({ type: literal('pause'), paused: boolean() }),
  object({ type: picklist(['dismissFinding', 'showBytes']), key: text(MAX_KEY) }),
  object({ type: literal('copyFix'), key: text(MAX_KEY), fix: place }),
  object({ type: picklist(['restoreFindings', 'copyEvidence', 'openDiagnosis', 'cancelDiagnosis']) }),
  object({ type: literal('diagnose'), origin: text(MAX_ORIGIN), compare: text(MAX_URL), second: boolean() }),
  object({ type: literal('watchResults'), isShown: boolean() }),
  object({ type: literal('chooseProtocol'), protocol: picklist(CHOICES) }),
  object({ type: literal('choosePath'), path: PathSchema }),
  object({ type: literal('showEvent'), number: place }),
  object({ type: literal('copyResult'), result: place }),
  object({ type: literal('copyItem'), result: place, item: place }),
  object({ type: literal('openResults'), format: picklist(['markdown', 'json']) }),
  object({ type: literal('save'), format: picklist(['ndjson', 'json', 'sse']), shown: optional(boolean()) }),
  object({ type: literal('record'), recording: boolean() }),
]);

/** Messages that open, copy, save, keep or send something, or begin to read all events. */
const ACTIONS: readonly Message['type'][] = [
  ...(['filter', 'find', 'chooseProtocol', 'choosePath'] as const),
  ...(['connect', 'paste', 'offer', 'reconnectNow', 'nextStep', 'diagnose', 'save', 'record'] as const),
  ...(['copyCurl', 'copyEvent', 'copyData', 'copyFix', 'copyEvidence', 'copyResult', 'copyItem'] as const),
  ...(['showSecret', 'copySecret', 'openData', 'openResults', 'dismissFinding', 'restoreFindings'] as const),
];

export interface InspectorPanelOptions {
  extensionUri: Uri;
  log: Log;
  /** Panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  /** See `PanelKind`. */
  place?: PanelKind['place'];
  named?: PanelPageOptions<Message>['named'];
  /** Called when the page has loaded, or was rebuilt: it has no state yet. */
  onReady(): void;
  /** Called when the page becomes visible again. */
  onVisible(): void;
  onMessage(message: Message): void;
  onDispose(): void;
}

/** A webview panel of the inspector. */
export type InspectorPanel = PanelPage<ToInspectorPage, Message>;

export function openInspectorPanel({ onVisible, ...options }: InspectorPanelOptions): InspectorPanel {
  const { extensionUri } = options;
  const panel: InspectorPanel = new PanelPage({
    ...options,
    type: INSPECTOR_PANEL,
    title: l10n.t('Event Stream'),
    read: (message) => {
      const { success, output } = safeParse(Messages, message);
      return success ? output : undefined;
    },
    isAction: ({ type }) => ACTIONS.includes(type),
    html: (webview, nonce) => inspectorHtml({ webview, extensionUri, nonce }),
    onViewState: () => panel.visible && onVisible(),
  });
  return panel;
}
