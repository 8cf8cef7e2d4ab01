// Identifiers under which VS Code knows our panels and files.

export const COUNTER_PANEL = 'sseCounter';
export const INSPECTOR_PANEL = 'sseCounter.inspector';
export const MOCK_PANEL = 'sseCounter.replay';

/** Returns the key under which VS Code keeps the servers that listen for the panels of that type. */
export const listeningKey = (type: string) => `${type}.listening`;

/** Language id of event stream files. */
export const LANGUAGE = 'sse';
/**
 * Language id of event data opened in an editor, unless they are JSON. Not plain text: for that, VS Code guesses a language
 * by the first line, whose extension may then request URLs that the text names, as for XML.
 */
export const DATA_LANGUAGE = 'sse-data';
