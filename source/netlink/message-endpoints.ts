import type {Endpoints} from '../table/endpoints.js';

/** The endpoints in the `inet_diag_sockid` of a `struct inet_diag_msg` (`linux/inet_diag.h`) that starts there. The addresses are valid until the message is overwritten. */
export const messageEndpoints = (bytes: Uint8Array, start: number): Endpoints => ({
	localPort: (bytes[start + 4] << 8) | bytes[start + 5],
	peerPort: (bytes[start + 6] << 8) | bytes[start + 7],
	addresses: bytes.subarray(start + 8, start + 40),
});
