// What VS Code knows our panels and files by.

export const COUNTER_PANEL = 'sseCounter';
export const INSPECTOR_PANEL = 'sseCounter.inspector';
export const MOCK_PANEL = 'sseCounter.replay';

/** Under which VS Code keeps the servers that listen for the panels of that type. */
export const listeningKey = (type: string) => `${type}.listening`;

/** The language of files of event streams. */
export const LANGUAGE = 'sse';
/**
 * The language of data that are opened, unless they are JSON. It isn't plain text: of that, VS Code takes the first line for
 * another language's, whose extension may ask for what the text names, as of XML.
 */
export const DATA_LANGUAGE = 'sse-data';
