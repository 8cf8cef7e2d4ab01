import { commands, type Extension, l10n, workspace } from 'vscode';
import { cut } from '../output/plainText';
import { tellWarning } from '../output/tell';

export interface Settings {
  /** Port to listen on; 0 stands for any free one. */
  port: number;
  /** Maximum number of open streams, not counting the panel's. */
  maxConnections: number;
  /** Origins whose pages may read the server. */
  allowedOrigins: string[];
}

/** Maximum length of a wrong value that is shown, in UTF-16 code units: the default that is used stands behind it. */
const MAX_VALUE = 100;

/** Schema of a setting as declared in package.json, the only place that defines its range and default. */
interface Property {
  default: unknown;
  minimum?: number;
  maximum?: number;
  items?: { pattern: string };
}

/**
 * Reads the user's settings. Those that aren't set have their defaults, and so have invalid ones, which are reported to the
 * user in a single message. What a repository writes doesn't count.
 */
export function readSettings({ packageJSON }: Extension<unknown>): Settings {
  const properties: Record<string, Property> = packageJSON.contributes.configuration.properties;
  const configuration = workspace.getConfiguration('sseCounter');
  const wrong: string[] = [];
  const read = (name: string, isRight: (value: unknown, property: Property) => boolean) => {
    const property = properties[`sseCounter.${name}`] ?? { default: undefined };
    // Not `get`: `"sseCounter": {…}` in a repository's settings passes it, whatever the scope is (VS Code 1.100).
    const value: unknown = configuration.inspect(name)?.globalValue;
    if (value === undefined || isRight(value, property)) return value ?? property.default;
    wrong.push(complain(name, property, cut(JSON.stringify(value), MAX_VALUE)));
    return property.default;
  };
  const settings = {
    port: read('port', isInRange),
    maxConnections: read('maxConnections', isInRange),
    allowedOrigins: read('allowedOrigins', areOrigins),
  } as Settings;
  if (wrong.length > 0) warnWithSettings(wrong.join(' '), l10n.t('Open Settings'), 'sseCounter');
  return settings;
}

function isInRange(value: unknown, { minimum = 0, maximum = 0 }: Property): boolean {
  return Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
}

function areOrigins(value: unknown, { items }: Property): boolean {
  const pattern = new RegExp(items?.pattern ?? '^$');
  return Array.isArray(value) && value.every((origin) => typeof origin === 'string' && pattern.test(origin));
}

function complain(name: string, property: Property, value: string): string {
  return property.items
    ? l10n.t(
        'The setting sseCounter.{0} must be a list of origins such as http://localhost:5173 or http://localhost:*, not {1}; the default is used.',
        name,
        value,
      )
    : l10n.t(
        'The setting sseCounter.{0} must be a whole number from {1} to {2}, not {3}; {4} is used.',
        name,
        String(property.minimum),
        String(property.maximum),
        value,
        String(property.default),
      );
}

/** Warns the user, with a button that opens the settings that match the query. */
export function warnWithSettings(message: string, button: string, query: string): void {
  void tellWarning(message, button).then((choice) => {
    if (choice === button) void commands.executeCommand('workbench.action.openSettings', query);
  });
}
