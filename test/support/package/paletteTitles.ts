import packageJson from '../../../package.json' with { type: 'json' };
import japanese from '../../../package.nls.ja.json' with { type: 'json' };
import english from '../../../package.nls.json' with { type: 'json' };

type Key = keyof typeof english;

/** Commands that the Command Palette offers before the counter runs. */
const offered = packageJson.contributes.commands.filter(
  (one) =>
    !('enablement' in one) &&
    !packageJson.contributes.menus.commandPalette.some(({ command }) => command === one.command),
);

/**
 * Returns the titles that the Command Palette finds, in its language: like VS Code, it searches titles with their category,
 * and in another language than English the English ones, too.
 */
export function titlesFor(text: string, language: 'en' | 'ja'): string[] {
  return offered
    .map(({ category, title }) => {
      const key = title.replaceAll('%', '') as Key;
      return [language === 'ja' ? japanese[key] : english[key], english[key]].map((name) =>
        category === undefined ? name : `${category}: ${name}`,
      );
    })
    .filter((names) => names.some((name) => name.toLowerCase().includes(text)))
    .map(([name = '']) => name)
    .sort();
}
