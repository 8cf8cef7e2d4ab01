import { integer, maxValue, minValue, number, object, pipe } from 'valibot';

const port = pipe(number(), integer(), minValue(0), maxValue(65_535));

/** Schema of a `KeptPort` from outside. */
export const KeptPortSchema = object({ port, setting: port });
