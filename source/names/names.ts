/** Names shown instead of the numbers of an endpoint. They are foreign text and not escaped. */
export type Names = {
	/** Host name of an address (as text), if it is known by now. */
	readonly host: (address: string) => string | undefined;
	/** Service name of a port, as in services(5). `transport` is `tcp`, `udp`, … */
	readonly service: (port: number, transport: string) => string | undefined;
};

/** Which kinds of names to show. */
export type NameKinds = {readonly hosts: boolean; readonly services: boolean};

export const allNames: NameKinds = {hosts: true, services: true};

/** Restricts names to the wanted kinds. */
export const onlyNames = ({host, service}: Names, {hosts, services}: NameKinds): Names => ({
	host: hosts ? host : () => undefined,
	service: services ? service : () => undefined,
});
