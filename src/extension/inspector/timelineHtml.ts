import { l10n } from 'vscode';
import { escapeHtml } from '../shared/panel/pageHtml';

/** Returns the part of the inspector's page with the timeline. It is shown once there was a request. */
export function timelineHtml(): string {
  return `<section id="timelinePart" aria-label="${escapeHtml(l10n.t('Timeline'))}" hidden>
    <div class="line">
      <button id="timelineToggle" type="button" aria-expanded="false" aria-controls="timeline">${escapeHtml(l10n.t('Timeline'))}</button>
      <select id="timelineRange" aria-label="${escapeHtml(l10n.t('Time shown'))}" hidden>
        <option value="last">${escapeHtml(l10n.t('Last 60 s'))}</option>
        <option value="all">${escapeHtml(l10n.t('All'))}</option>
      </select>
      <span id="timelineSummary"></span>
      <span id="silent"></span>
    </div>
    <canvas id="timeline" tabindex="0" role="slider" aria-orientation="horizontal" aria-valuemin="0" aria-valuemax="100"
      aria-valuenow="100" aria-describedby="timelineKeys" hidden></canvas>
    <div class="line">
      <span id="timelineSelection" role="status"></span>
      <vscode-button id="allTimes" secondary hidden>${escapeHtml(l10n.t('Show All Times'))}</vscode-button>
    </div>
    <p id="timelineKeys" hidden>${escapeHtml(
      l10n.t(
        'Arrow keys move through the time, with Shift they select a part of it, Enter shows the event there, Escape ends the selection.',
      ),
    )}</p>
  </section>`;
}
