import type { HeadEvidence } from './evidence';

/** Returns the values of all headers of that name, each item of their lists by itself. @param name in lower case */
export function headerValues({ headers }: Pick<HeadEvidence, 'headers'>, name: string): string[] {
  return headers
    .filter(([given]) => given.toLowerCase() === name)
    .flatMap(([, value]) => value.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
