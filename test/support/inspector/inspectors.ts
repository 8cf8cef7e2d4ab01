import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { type ExtensionContext, Uri, window } from 'vscode';
import { InspectorCommands } from '../../../src/extension/inspector/inspectorCommands';
import type { Log } from '../../../src/extension/shared/output/log';
import type { FromInspectorPage, RequestForm, StreamStatus, ToInspectorPage } from '../../../src/messages/inspector';
import { Turns } from '../../../src/turns/turns';
import { apart, type Told } from '../client/toldChanges';
import { eventually } from '../servers/testServer';
import { FakePanel, fake } from '../vscode/index';
import { FakeMemory } from '../vscode/memory';

export type InspectorPanel = FakePanel<ToInspectorPage, FromInspectorPage>;

/** A test bench for the inspector, with a fake window that records all calls and asks no questions. */
export class InspectorBench {
  readonly memory: Map<string, unknown>;
  readonly secrets: Map<string, string>;
  readonly log: string[] = [];
  /** Questions of modal dialogs, with their details. */
  readonly questions: { message: string; detail: string; button: string }[] = [];
  /** Whether the user chooses the dialog's first button; or the label of the button that is chosen. */
  agrees: boolean | string = false;
  readonly inspector: InspectorCommands;

  /** @param before the window before it was reloaded, whose stored state is restored */
  constructor(before?: InspectorBench) {
    this.memory = before?.memory ?? new Map();
    this.secrets = before?.secrets ?? new Map();
    before?.inspector.dispose();
    const note = (text: string) => void this.log.push(text);
    const context = {
      extensionUri: Uri.file(resolve(inject('programs'))),
      globalState: new FakeMemory(this.memory),
      workspaceState: new FakeMemory(this.memory),
      secrets: {
        get: async (key: string) => this.secrets.get(key),
        store: async (key: string, value: string) => void this.secrets.set(key, value),
        delete: async (key: string) => void this.secrets.delete(key),
      },
    } as unknown as ExtensionContext;
    const log = { info: note, warn: note, error: note } as unknown as Log;
    Object.assign(window, {
      showWarningMessage: async (
        message: string,
        options?: { modal?: boolean; detail?: string },
        ...buttons: string[]
      ) => {
        if (!options?.modal) return undefined;
        const [button = '', ...others] = buttons.filter((one) => one !== 'No');
        this.questions.push({ message, detail: options.detail ?? '', button });
        const chosen = this.agrees === true ? button : this.agrees;
        return [button, ...others].find((one) => one === chosen);
      },
    });
    fake.errors.length = 0;
    this.inspector = new InspectorCommands(context, log, new Turns());
    onTestFinished(() => this.inspector.dispose());
  }

  /** Inspects a pasted text in a panel of its own. */
  async inspect(text: string): Promise<InspectorPanel> {
    await this.inspector.inspect(text);
    return newPanel();
  }

  /** Inspects the first of the recent requests. */
  async inspectRecent(): Promise<InspectorPanel> {
    fake.pick = ([first]) => first;
    await this.inspector.inspectRecent();
    return newPanel();
  }

  /** Restores a panel as after a reload, with the state that its page has stored. */
  restore(state: unknown): InspectorPanel {
    const panel: InspectorPanel = new FakePanel();
    void this.inspector.restore(panel as never, state);
    panel.load();
    return panel;
  }
}

function newPanel(): InspectorPanel {
  const panel = fake.panels.at(-1) as unknown as InspectorPanel;
  panel.load();
  return panel;
}

/** Returns the latest message of the type that was posted to the page. */
export function latest<T extends Told['type']>(panel: InspectorPanel, type: T) {
  return apart(panel.posted).findLast((told): told is Extract<Told, { type: T }> => told.type === type);
}

/** An empty form. */
export const EMPTY_FORM: RequestForm = {
  method: 'GET',
  url: '',
  headers: '',
  body: '',
  lastEventId: '',
  insecure: false,
  reconnect: false,
};

export function formOf(panel: InspectorPanel): RequestForm {
  const form = latest(panel, 'form')?.form;
  if (!form) throw new Error('The page has no form yet.');
  return form;
}

/** Resolves with the status when it meets the condition. */
export async function statusOf(panel: InspectorPanel, is: (status: StreamStatus) => boolean): Promise<StreamStatus> {
  const status = () => latest(panel, 'status')?.status;
  await eventually(() => status() !== undefined && is(status() as StreamStatus));
  return status() as StreamStatus;
}

export interface Asked {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Starts a server that records its requests. @param answer the listener. Default: responds with a stream */
export async function serveNoting(answer?: RequestListener): Promise<{ url: string; host: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    if (answer) answer(request, response);
    else response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('id: 7\ndata: a\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}/`, host, asked };
}
