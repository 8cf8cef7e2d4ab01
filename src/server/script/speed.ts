import { SPEED } from '../defaults';
import { Query } from '../http/query';

/**
 * Parses the option `speed`, the factor by which the script is played faster than it says; undefined if not given. Other
 * parameters are ignored: they are the app's own.
 * @param query without its `?`
 * @throws {BadOptionError} if it isn't a number from 0.1 to 1000
 */
export function readSpeed(query: string): number | undefined {
  const { minimum, maximum } = SPEED;
  return new Query(query, ['speed'], 'ignored').single('speed', `a number from ${minimum} to ${maximum}`, (value) => {
    const speed = /^\d{1,4}(\.\d{1,6})?$/.test(value) ? Number(value) : Number.NaN;
    return speed >= minimum && speed <= maximum ? speed : undefined;
  });
}
