import { integer, maxValue, minValue, number, object, pipe } from 'valibot';

const port = pipe(number(), integer(), minValue(0), maxValue(65_535));

/** As of `KeptPort`, from outside. */
export const KeptPortSchema = object({ port, setting: port });
