// Stands in for parseRequest until it fills in what is given: remove it then.
import { type Given, type ParsedRequest, parseRequest } from '../../src/inspector/curl';

export function parsesGiven(text: string, { values, files }: Given = {}): ParsedRequest {
  const notes: ParsedRequest['notes'] = [];
  const filled = text
    .replace(/-d @(\S+)/g, (_, path: string) => {
      const file = files?.get(path);
      if (file === undefined) notes.push({ code: 'file', subject: path });
      return `-d '${file ?? ''}'`;
    })
    .replace(/\$\w+|<\w+>/g, (name) => {
      const value = values?.get(name);
      if (value === undefined) notes.push({ code: 'placeholder', subject: name });
      return value ?? name;
    });
  const { request, notes: others } = parseRequest(filled);
  return { request, notes: [...notes, ...others.filter(({ code }) => code !== 'placeholder')] };
}
