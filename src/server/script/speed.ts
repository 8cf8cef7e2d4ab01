import { Query } from '../http/query';

/**
 * Reads how many times as fast as the file says it is played; undefined: as the file says. Parameters of another name are
 * the app's own.
 * @param query without its `?`
 * @throws {BadOptionError} when it isn't a number from 0.1 to 1000
 */
export function readSpeed(query: string): number | undefined {
  return new Query(query, ['speed'], 'ignored').single('speed', 'a number from 0.1 to 1000', (value) => {
    const speed = /^\d{1,4}(\.\d{1,6})?$/.test(value) ? Number(value) : Number.NaN;
    return speed >= 0.1 && speed <= 1000 ? speed : undefined;
  });
}
