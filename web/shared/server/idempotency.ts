/** The header of a write through `client.http`. */
export const once = (idempotencyKey: string) => ({ headers: { "idempotency-key": idempotencyKey } });
