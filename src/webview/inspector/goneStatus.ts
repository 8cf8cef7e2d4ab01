import type { StreamStatus } from '../../messages/inspector';

/** Whether a stream is being requested, read or waited for. */
export function isUnderWay(state: StreamStatus['state']): boolean {
  return state === 'connecting' || state === 'open' || state === 'waiting';
}

/**
 * Returns the status after the loss of the host: an earlier end stays as it was, and steps that need the host aren't
 * offered.
 */
export function withoutHost(status: StreamStatus): StreamStatus {
  if (status.state === 'answered') return { ...status, running: false, nextStep: undefined, readAs: undefined };
  if (status.state === 'ended' || status.state === 'failed')
    return { ...status, nextStep: undefined, readAs: undefined };
  if (status.state === 'idle') return { ...status, readAs: undefined };
  const { reconnects, lastEventId, unsendable, insecure, recording, response } = status;
  return { state: 'ended', running: false, reconnects, lastEventId, unsendable, insecure, recording, response };
}

/**
 * Returns the parts of the page that need the extension host. The connection's buttons are hidden instead, and those of the
 * explanations are drawn without it.
 */
export function hostParts(): HTMLElement[] {
  const results = ['#result > .bar > label', '#pathForm', '#answers vscode-button', '#answers .toEvent'];
  const parts = ['#request', '.tools', '#diagnosisForm', '#columnsButton', ...results];
  return [...document.querySelectorAll<HTMLElement>(parts.join())];
}
