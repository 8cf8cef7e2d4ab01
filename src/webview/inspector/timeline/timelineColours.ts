/** Colours of a timeline, as CSS values. */
export interface Colours {
  text: string;
  background: string;
  /** Columns of events. */
  events: string;
  comments: string;
  lines: string;
  connecting: string;
  open: string;
  /** Cuts and refusals. */
  broken: string;
  findings: string;
  selection: string;
  /** Whether areas can be tinted: colours that the user has forced have no shades. */
  hasShades: boolean;
  font: string;
}

/** Theme variables, each with another in its place where a theme doesn't define it. */
const VARIABLES = {
  text: ['--vscode-foreground'],
  background: ['--vscode-editor-background'],
  events: ['--vscode-charts-blue', '--vscode-foreground'],
  comments: ['--vscode-charts-foreground', '--vscode-foreground'],
  lines: ['--vscode-charts-lines', '--vscode-foreground'],
  connecting: ['--vscode-charts-yellow', '--vscode-foreground'],
  open: ['--vscode-charts-green', '--vscode-foreground'],
  broken: ['--vscode-charts-red', '--vscode-errorForeground', '--vscode-foreground'],
  findings: ['--vscode-charts-purple', '--vscode-foreground'],
  selection: ['--vscode-focusBorder', '--vscode-foreground'],
} as const;

/** Colours that the system knows by these names while the user has forced its colours. */
const FORCED: Omit<Colours, 'font'> = {
  text: 'CanvasText',
  background: 'Canvas',
  events: 'CanvasText',
  comments: 'CanvasText',
  lines: 'GrayText',
  connecting: 'CanvasText',
  open: 'CanvasText',
  broken: 'CanvasText',
  findings: 'Highlight',
  selection: 'Highlight',
  hasShades: false,
};

const forced = matchMedia('(forced-colors: active)');

/** Returns the colours of the theme. A canvas takes none of the page's by itself. */
export function readColours(): Colours {
  const style = getComputedStyle(document.body);
  const font = style.fontFamily;
  if (forced.matches) return { ...FORCED, font };
  const read = ([name = '', ...others]: readonly string[]): string => {
    const value = style.getPropertyValue(name).trim();
    return value !== '' || name === '' ? value : read(others);
  };
  const named = Object.entries(VARIABLES).map(([name, names]) => [name, read(names)]);
  return { ...(Object.fromEntries(named) as Record<keyof typeof VARIABLES, string>), hasShades: true, font };
}

/** Calls back whenever VS Code has changed the theme, which it writes onto the document, or the user has forced colours. */
export function watchColours(onChange: () => void): void {
  const watch = new MutationObserver(onChange);
  watch.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
  watch.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  forced.addEventListener('change', onChange);
}
