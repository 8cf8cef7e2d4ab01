import { Disposable, languages } from 'vscode';
import type { Turns } from '../../turns/turns';
import type { Log } from '../shared/output/log';
import { LANGUAGE } from '../shared/panel/viewTypes';
import { Diagnostics } from './diagnostics';
import { LineCompletion } from './lineCompletion';
import { LineHover } from './lineHover';
import { Outline } from './outline';
import { ProblemFixes } from './problemFixes';
import { SilenceFix } from './silenceHint';

/** Registers what helps to write a script. Disposing the result removes all of it. */
export function registerLanguageFeatures(log: Log, turns: Turns): Disposable {
  const outline = new Outline(turns);
  return Disposable.from(
    new Diagnostics(log, turns),
    languages.registerCompletionItemProvider(LANGUAGE, new LineCompletion(), '@', '{'),
    languages.registerHoverProvider(LANGUAGE, new LineHover()),
    languages.registerDocumentSymbolProvider(LANGUAGE, outline),
    languages.registerFoldingRangeProvider(LANGUAGE, outline),
    languages.registerCodeActionsProvider(LANGUAGE, new SilenceFix(), SilenceFix.metadata),
    languages.registerCodeActionsProvider(LANGUAGE, new ProblemFixes(turns), ProblemFixes.metadata),
  );
}
