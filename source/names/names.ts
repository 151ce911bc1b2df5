/** What stands on the screen in place of the numbers of an end. All of it is foreign text. */
export type Names = {
	/** Name of the host with an address (as text), as far as it is known by now. */
	readonly host: (address: string) => string | undefined;
	/** Name of the service at a port, in the words of services(5); undefined for none. */
	readonly service: (port: number, transport: string) => string | undefined;
};

/** Which names are wanted. */
export type NameKinds = {readonly hosts: boolean; readonly services: boolean};

export const allNames: NameKinds = {hosts: true, services: true};

/** As few of the names as are wanted. */
export const onlyNames = ({host, service}: Names, {hosts, services}: NameKinds): Names => ({
	host: hosts ? host : () => undefined,
	service: services ? service : () => undefined,
});
