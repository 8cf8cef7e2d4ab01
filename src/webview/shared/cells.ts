/** Appends a cell to a row. @param name of its class */
export function cell(row: HTMLTableRowElement, name: string, type: 'td' | 'th' = 'td'): HTMLTableCellElement {
  const made = document.createElement(type);
  made.className = name;
  row.append(made);
  return made;
}

/** Returns a part of a cell. @param name of its class */
export function line(name: string, text: string): HTMLElement {
  const made = document.createElement('span');
  made.className = name;
  made.textContent = text;
  return made;
}
