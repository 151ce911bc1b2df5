/**
Whether the accept queue of a listener is full: the kernel accepts one connection more than the limit (`sk_acceptq_is_full` in `include/net/sock.h`), then drops
new ones.

@param waiting Connections that wait for accept.
@param limit Limit of their number.
*/
export const isBacklogFull = (waiting: number, limit: number): boolean => waiting > 0 && waiting >= limit;
