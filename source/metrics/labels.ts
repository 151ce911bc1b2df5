/**
The labels of metrics. Each has few distinct values on a machine. Peer addresses, ephemeral ports, pids and cookies are never labels, because each combination of values
is a time series that is stored for months.
*/
import {escapeText} from '../text/escape.js';

type LabelRecord = {
	/** The name in Prometheus. */
	readonly name: string;
	/** The name of the attribute in OpenTelemetry. */
	readonly attribute: string;
	/** Meaning of its values, in one sentence. */
	readonly meaning: string;
};

const records = [
	{name: 'transport', attribute: 'network.transport', meaning: 'Protocol of the socket: `tcp`, `udp`, `mptcp` …'},
	{name: 'state', attribute: 'network.connection.state', meaning: 'State of the socket, as `ss` prints it.'},
	{
		name: 'direction', attribute: 'conntop.direction',
		meaning: '`inbound` for a connection that was accepted here, `outbound` for one that was opened here, `unknown` if the sockets do not show it.',
	},
	{
		name: 'port', attribute: 'conntop.service.port',
		meaning: 'Port of the service: the local port of an inbound connection, the port of the peer of an outbound one. `unknown` if both ports are ephemeral.',
	},
	{name: 'service', attribute: 'conntop.service.name', meaning: 'Name of the port: that of the settings file, or of /etc/services; absent if there is none.'},
	{
		name: 'unit', attribute: 'conntop.unit',
		meaning: 'Systemd unit that the socket was created in. The numbers of sessions and of transient units are left out.',
	},
	{name: 'container', attribute: 'conntop.container', meaning: 'Container that the socket was created in; absent outside of containers.'},
	{name: 'process', attribute: 'conntop.process', meaning: 'Name of the first process that holds the socket; `unknown` if it is not found or hidden.'},
	{name: 'peer_group', attribute: 'conntop.peer.group', meaning: 'Name of the network of the peer: that of the settings file, or `loopback`, `private`, `public`.'},
	{name: 'reason', attribute: 'conntop.close.reason', meaning: 'Why the connection closed, in the words of the journal; `unknown` if the kernel did not report it.'},
	{name: 'problem', attribute: 'conntop.problem', meaning: 'A health problem (conntop help health).'},
	{name: 'namespace', attribute: 'conntop.namespace', meaning: 'Network namespace; only with `--all-namespaces`.'},
	{name: 'family', attribute: 'conntop.family', meaning: 'A family of metrics whose labels are limited.'},
	{name: 'version', attribute: 'service.version', meaning: 'Version of conntop.'},
] as const satisfies readonly LabelRecord[];

export type LabelName = (typeof records)[number]['name'];

export const labels: readonly LabelRecord[] = records;

const byName: ReadonlyMap<string, LabelRecord> = new Map(labels.map(label => [label.name, label]));

/** The attribute of OpenTelemetry for a label. */
export const attributeOf = (name: LabelName): string => byName.get(name)?.attribute ?? name;

/** Value of an unknown label. */
export const unknownValue = 'unknown';

/** Value of all labels in the combination beyond the cap. */
export const otherValue = 'other';

/** Maximum UTF-16 units of a value. Names of systemd units can have 255. */
const maxValueLength = 100;

/** Converts an untrusted text to a label value: shortened, and without control characters. */
export const labelValue = (text: string): string => {
	const escaped = escapeText(text);
	return escaped.length > maxValueLength ? `${escaped.slice(0, maxValueLength - 1).toWellFormed()}…` : escaped;
};
