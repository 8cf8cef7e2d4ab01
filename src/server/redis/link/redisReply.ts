/** A reply of Redis, as RESP 2 has it, and as much of it as is kept. */
export type RedisReply = string | number | null | RefusedReply | LargeReply | readonly RedisReply[];

/** A reply that is an error, or an error in a list: of a command of a transaction. */
export class RefusedReply {
  constructor(readonly reason: string) {}
}

/** Stands for a list, or a whole reply, that was read to its end, and of which nothing was kept. */
export class LargeReply {
  /** @param size of its texts, in bytes @param count of its members */
  constructor(
    readonly size: number,
    readonly count: number,
  ) {}
}
