/** Looks up the ports of a service name. A name may have several ports. Returns undefined for an unknown name. */
export type ServiceLookup = (name: string) => readonly number[] | undefined;

/** The most common services with their names in /etc/services, for machines without that file. */
const commonServices: Readonly<Record<string, number>> = {
	ftp: 21,
	ssh: 22,
	telnet: 23,
	smtp: 25,
	domain: 53,
	dns: 53,
	bootps: 67,
	dhcp: 67,
	bootpc: 68,
	tftp: 69,
	http: 80,
	kerberos: 88,
	pop3: 110,
	sunrpc: 111,
	ntp: 123,
	imap: 143,
	snmp: 161,
	bgp: 179,
	ldap: 389,
	https: 443,
	smb: 445,
	syslog: 514,
	submission: 587,
	ipp: 631,
	ldaps: 636,
	rsync: 873,
	imaps: 993,
	pop3s: 995,
	openvpn: 1194,
	nfs: 2049,
	mysql: 3306,
	rdp: 3389,
	postgresql: 5432,
	mdns: 5353,
	amqp: 5672,
	vnc: 5900,
	redis: 6379,
	'http-alt': 8080,
	mqtt: 1883,
	mongodb: 27_017,
	wireguard: 51_820,
};

/** Looks up a name among the common services only. */
export const findCommonService: ServiceLookup = name => Object.hasOwn(commonServices, name) ? [commonServices[name]] : undefined;

type ServiceLine = {readonly port: number; readonly transport: string; readonly names: readonly string[]};

/** Parses a text in the format of services(5). */
const readLines = (text: string): readonly ServiceLine[] => text.split('\n').flatMap(line => {
	const [name, portAndTransport = '', ...aliases] = line.split('#', 1)[0].trim().split(/\s+/v);
	const [number, transport = ''] = portAndTransport.split('/', 2);
	const port = Number(number);
	return port > 0 && port <= 65_535 ? [{port, transport, names: [name, ...aliases]}] : [];
});

/** Creates a lookup in a text in the format of services(5), then among the common services. Names in the text may be in any case; look them up in lower case. */
export const createServiceLookup = (text: string): ServiceLookup => {
	const services = new Map<string, number[]>();
	for (const {port, names} of readLines(text)) {
		for (const name of names) {
			const key = name.toLowerCase();
			const ports = services.get(key) ?? [];
			if (!ports.includes(port)) {
				services.set(key, [...ports, port]);
			}
		}
	}

	return name => services.get(name) ?? findCommonService(name);
};

/** Looks up the service name of a port and transport protocol (`tcp`, `udp`, …). */
export type ServiceNames = (port: number, transport: string) => string | undefined;

/** Creates a lookup of the first name of a port in a text in the format of services(5). Ports that are not in it have the names of common services. */
export const createServiceNames = (text: string): ServiceNames => {
	const names = new Map<string, string>();
	const known = new Set<number>();
	for (const {port, transport, names: all} of readLines(text)) {
		const [name] = all;
		const key = `${port}/${transport}`;
		known.add(port);
		names.set(key, names.get(key) ?? name);
	}

	for (const [name, port] of Object.entries(commonServices)) {
		if (!known.has(port)) {
			for (const transport of ['tcp', 'udp']) {
				const key = `${port}/${transport}`;
				names.set(key, names.get(key) ?? name);
			}
		}
	}

	return (port, transport) => names.get(`${port}/${transport}`);
};

/** The service names that error messages may suggest. */
export const commonServiceNames: readonly string[] = Object.keys(commonServices);
