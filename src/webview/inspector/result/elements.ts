/** Returns a new element. */
export function make(tag: string, className = '', text = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.textContent = text;
  return made;
}

/** Returns a new button in the look of VS Code's secondary ones. */
export function secondaryButton(text: string, onClick: () => void): HTMLElement {
  const made = make('vscode-button', '', text);
  made.setAttribute('secondary', '');
  made.addEventListener('click', onClick);
  return made;
}
