import type { VscodeCheckbox } from '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import type { InspectorStrings, RequestForm, StreamStatus } from '../../../messages/inspector';
import { withCodes } from '../../../text/foreignText';
import { PIECE_COST, shorten } from '../../../text/textCost';
import { element, setText } from '../../shared/dom';
import { hasAuthorization, withAuthorization } from './authorizationLine';
import { BodyFile } from './bodyFile';
import { BoundedField } from './boundedField';
import { isConnectKey } from './connectKey';
import { ResumeChip } from './resumeChip';

export interface RequestFieldsOptions {
  strings: InspectorStrings;
  onConnect(form: RequestForm): void;
  onDisconnect(): void;
  /** Called while the user is editing. */
  onEdit(): void;
  /** Called when the user has left a changed field, or has set a checkbox. */
  onLeave(): void;
}

/** The request's form with its button. */
export class RequestFields {
  readonly #options: RequestFieldsOptions;
  readonly #form = element<HTMLFormElement>('request');
  readonly #method = element<HTMLInputElement>('method');
  readonly #urlField = element<HTMLInputElement>('url');
  readonly #lastEventIdField = element<HTMLInputElement>('lastEventId');
  readonly #url: BoundedField;
  readonly #headersField = element<HTMLTextAreaElement>('headers');
  readonly #headers: BoundedField;
  readonly #resumeChip: ResumeChip;
  readonly #body: BoundedField;
  readonly #bodyFile: BodyFile;
  readonly #lastEventId: BoundedField;
  readonly #insecure = element<VscodeCheckbox>('insecure');
  readonly #reconnect = element<VscodeCheckbox>('reconnect');
  readonly #connect = element('connect');
  readonly #problem = element('formProblem');
  readonly #fields = element<HTMLDetailsElement>('requestFields');
  #isConnected = false;
  /** Form that the extension and the page agree on. */
  #known: RequestForm | undefined;
  /** Form as last sent to the extension, and as last accepted by it. */
  #sentForm: RequestForm | undefined;
  #acceptedForm: RequestForm | undefined;
  /** Fields of the user while another request is shown in their place. */
  #typedForm: RequestForm | undefined;
  /** Whether the Reconnect checkbox follows the method: until the user sets it. */
  #followsMethod = true;

  constructor(options: RequestFieldsOptions) {
    this.#options = options;
    const { strings } = options;
    this.#url = new BoundedField(this.#urlField, strings, element('formProblem'));
    this.#headers = new BoundedField(this.#headersField, strings);
    this.#body = new BoundedField(element<HTMLTextAreaElement>('body'), strings);
    this.#bodyFile = new BodyFile(strings);
    this.#lastEventId = new BoundedField(this.#lastEventIdField, strings);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#resumeChip = new ResumeChip(strings, () => {
      this.#lastEventId.value = '';
      this.#edit(this.#lastEventIdField);
    });
    this.#form.addEventListener('keydown', (event) => {
      const { key, target, isComposing, repeat } = event;
      if (isConnectKey(event)) {
        event.preventDefault();
        this.#send();
        return;
      }
      // In the method's field, Enter accepts a suggestion.
      if (
        key === 'Enter' &&
        !isComposing &&
        !repeat &&
        (target === this.#urlField || target === this.#lastEventIdField)
      )
        this.#send();
    });
    this.#connect.addEventListener('click', ({ detail }) => {
      // Ignores the second click of a double click, so that a POST isn't sent twice.
      if (detail > 1) return;
      if (this.#isConnected) options.onDisconnect();
      else this.#send();
    });
    this.#offerMethods();
    this.#reconnect.addEventListener('change', () => {
      this.#followsMethod = false;
    });
    this.#form.addEventListener('input', () => {
      // The message was about the previous form.
      setText(this.#problem, '');
      this.#resumeChip.show(this.#lastEventId.value);
      options.onEdit();
    });
    this.#form.addEventListener('change', () => options.onLeave());
  }

  get hasUrl(): boolean {
    return this.#urlField.value !== '';
  }

  get form(): RequestForm {
    const { name: bodyFile } = this.#bodyFile;
    return {
      method: this.#method.value || this.#method.placeholder,
      url: this.#url.value,
      headers: this.#headers.value,
      body: this.#body.value,
      ...(bodyFile === undefined ? {} : { bodyFile }),
      lastEventId: this.#lastEventId.value,
      insecure: this.#insecure.checked,
      reconnect: this.#reconnect.checked,
    };
  }

  get hasAuthorization(): boolean {
    return hasAuthorization(this.#headers.value);
  }

  /** Leads to the header `Authorization`, and begins one if there is none. */
  editAuthorization(): void {
    const { text, from, to } = withAuthorization(this.#headers.value);
    this.#fields.open = true;
    this.#headersField.focus();
    if (text !== this.#headers.value) {
      this.#headers.value = text;
      this.#edit(this.#headersField);
    }
    this.#headersField.setSelectionRange(from, to);
  }

  /**
   * Shows the changes in the form. A field that the user has edited meanwhile stays, unless it has changed in the form, too.
   */
  show(form: RequestForm): void {
    this.#fill(form, this.#known ?? {});
    this.#known = form;
    this.#followsMethod = this.#reconnect.checked === reconnectsByDefault(this.#method.value);
    this.#acceptedForm = this.form;
  }

  /** Replaces all fields with the form. Returns the previous one. */
  showAnew(form: RequestForm): RequestForm {
    const before = this.form;
    this.#known = before;
    this.show(form);
    this.showProblem('');
    return before;
  }

  /** Returns the form to be sent to the extension. */
  formToSend(): RequestForm {
    this.#sentForm = this.form;
    return this.#sentForm;
  }

  /** Records that the extension has accepted the form sent last. */
  noteAccepted(): void {
    this.#acceptedForm = this.#sentForm;
  }

  /**
   * Shows the request in place of the user's fields. Returns whether these have edits that the extension hasn't accepted.
   */
  replace(form: RequestForm): boolean {
    const typed = this.form;
    this.#typedForm = typed;
    this.#fill(form, typed);
    return this.#isUnaccepted(typed);
  }

  /** Restores the user's fields. Returns whether these have edits that the extension hasn't accepted. */
  restoreTyped(): boolean {
    const typed = this.#typedForm ?? this.form;
    this.#fill(typed, this.form);
    return this.#isUnaccepted(typed);
  }

  #isUnaccepted(typed: RequestForm): boolean {
    return this.#acceptedForm !== undefined && JSON.stringify(typed) !== JSON.stringify(this.#acceptedForm);
  }

  #fill(form: RequestForm, known: Partial<RequestForm>): void {
    if (form.method !== known.method) this.#method.value = shorten(form.method, PIECE_COST);
    if (form.url !== known.url) this.#url.value = form.url;
    if (form.headers !== known.headers) this.#headers.value = form.headers;
    if (form.body !== known.body) this.#body.value = form.body;
    if (form.bodyFile !== known.bodyFile) this.#bodyFile.name = form.bodyFile;
    if (form.lastEventId !== known.lastEventId) this.#lastEventId.value = form.lastEventId;
    if (form.insecure !== known.insecure) this.#insecure.checked = form.insecure;
    if (form.reconnect !== known.reconnect) this.#reconnect.checked = form.reconnect;
    this.#resumeChip.show(this.#lastEventId.value);
  }

  /** @param inFields whether the field to be changed is in the collapsible part */
  showProblem(reason: string, inFields = false): void {
    if (inFields) this.#fields.open = true;
    this.#problem.textContent = withCodes(shorten(reason, PIECE_COST));
  }

  showStatus({ running }: StreamStatus): void {
    this.#isConnected = running;
    this.#resumeChip.showStatus({ running });
    const { connect, disconnect } = this.#options.strings;
    const text = this.#isConnected ? disconnect : connect;
    if (this.#connect.textContent !== text) this.#connect.textContent = text;
  }

  #offerMethods(): void {
    const method = this.#method;
    // A datalist offers only matches of the field's text, but all if it is empty. If left empty, the field gets its text
    // back.
    method.addEventListener('pointerdown', () => {
      if (document.activeElement === method) return;
      method.placeholder = method.value;
      method.value = '';
    });
    method.addEventListener('blur', () => {
      if (method.value === '') method.value = method.placeholder;
    });
    method.addEventListener('input', () => {
      if (this.#followsMethod) this.#reconnect.checked = reconnectsByDefault(this.form.method);
    });
  }

  /** Reports that a field was changed, as if the user had typed. */
  #edit(field: HTMLElement): void {
    for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
  }

  #send(): void {
    this.showProblem('');
    this.#known = this.form;
    this.#options.onConnect(this.#known);
  }
}

/** Whether a request of that method can safely be repeated: with others, a reconnect could perform an action twice. */
function reconnectsByDefault(method: string): boolean {
  return method.trim().toUpperCase() === 'GET';
}
