import { l10n } from 'vscode';
import { escapeHtml } from '../../shared/panel/pageHtml';

/** Returns the strip that explains what the stream does, and the form of a diagnosis. */
export function findingsHtml(): string {
  const text = (words: string) => escapeHtml(words);
  return `<section id="findings" tabindex="-1" aria-label="${text(l10n.t('Explanations'))}" hidden>
      <div id="findingLine">
        <p id="worst"></p>
        <span id="worstSaid" role="status" class="for-ears"></span>
        <button id="openFindings" type="button" aria-expanded="false" aria-controls="findingList"></button>
      </div>
      <form id="diagnosisForm" hidden autocomplete="off">
        <p>${text(l10n.t('The request is made again in other ways, for at most 30 seconds: without compression, with HEAD, and so on. Only GET, HEAD and OPTIONS are sent.'))}</p>
        <div class="boxes">
          <vscode-checkbox id="second" checked>${text(l10n.t('Ask while the stream is read. Without this it is disconnected first: some servers allow a person one connection'))}</vscode-checkbox>
        </div>
        <label for="pageOrigin">${text(l10n.t('Origin of the page that reads the stream, to check CORS (optional)'))}</label>
        <input id="pageOrigin" type="text" inputmode="url" maxlength="300" placeholder="http://localhost:5173" spellcheck="false"
          aria-describedby="originProblem">
        <p id="originProblem" role="alert" class="problem"
          data-text="${text(l10n.t('This is no origin. Write it as {0}.', 'http://localhost:5173'))}"></p>
        <label for="compareUrl">${text(l10n.t('Another address of the same stream, such as that behind the proxy (optional)'))}</label>
        <input id="compareUrl" type="text" inputmode="url" maxlength="4000" placeholder="https://…" spellcheck="false"
          aria-describedby="compareProblem">
        <p id="compareProblem" role="alert" class="problem"
          data-text="${text(l10n.t('This is no address. Write it as {0}.', 'https://example.com/events'))}"></p>
        <div class="actions">
          <vscode-button id="startDiagnosis">${text(l10n.t('Diagnose'))}</vscode-button>
          <vscode-button id="closeDiagnosis" secondary>${text(l10n.t('Close'))}</vscode-button>
        </div>
      </form>
      <div id="diagnosisRunning" hidden>
        <span id="diagnosisProgress" role="status"></span>
        <vscode-button id="cancelDiagnosis" secondary>${text(l10n.t('Cancel'))}</vscode-button>
      </div>
      <div id="findingList" hidden>
        <p id="verdict"></p>
        <ol id="explanations"></ol>
        <details id="remarks" hidden><summary></summary><ol></ol></details>
        <details id="checked" hidden><summary>${text(l10n.t('Checked'))}</summary><ul></ul></details>
        <div class="actions">
          <vscode-button id="copyEvidence" secondary>${text(l10n.t('Copy Evidence'))}</vscode-button>
          <vscode-button id="restoreFindings" secondary hidden></vscode-button>
          <span id="findingCopied" role="status" class="copied"></span>
        </div>
      </div>
    </section>`;
}
