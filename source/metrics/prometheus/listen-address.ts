/** The address on which metrics are served. */

export type ListenAddress = {
	/** An IP address, without brackets. */
	readonly host: string;
	readonly port: number;
};

/** Default port, which no known exporter uses. */
export const defaultPort = 9073;

const loopback = '127.0.0.1';

const pattern = /^(?:(?:(?<host>[.0-9]+)|\[(?<ipv6>[.0-9:A-Fa-f]+)\]|(?<name>localhost)):)?(?<port>\d{1,5})$/v;

/**
Reads `ADDRESS:PORT`, `[ADDRESS]:PORT` or `PORT`, which is on the loopback interface. Returns undefined for anything else.

@param isAddress Whether a text is an IP address.
*/
export const parseListenAddress = (text: string, isAddress: (text: string) => boolean): ListenAddress | undefined => {
	const {host, ipv6, name, port} = pattern.exec(text.trim())?.groups ?? {};
	const address = host ?? ipv6 ?? (name === undefined && port === undefined ? undefined : loopback);
	return address === undefined || !isAddress(address) || Number(port) > 65_535 ? undefined : {host: address, port: Number(port)};
};

/** The address as a part of a URL. */
export const formatListenAddress = ({host, port}: ListenAddress): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
