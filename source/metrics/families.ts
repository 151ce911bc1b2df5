/** The registry of metrics, one record for each family. */
import {breakdownLabels, type BreakdownName, type Tally} from './breakdowns.js';
import type {
	Family,
	Point,
	ReadFamily,
	Unit,
} from './family.js';
import {acceptQueueLabels, type AcceptQueue} from './listeners.js';
import type {
	Counted,
	ExportState,
	OwnState,
	PortUse,
	Reading,
} from './reading.js';

type Described = Pick<ReadFamily, 'type' | 'meaning'> & {readonly name: string; readonly unit?: Unit};

/** A family that counts by one of the breakdowns. */
const byBreakdown = (breakdown: BreakdownName, family: Described, read: (tally: Tally) => number): ReadFamily => ({
	...family,
	labels: breakdownLabels[breakdown],
	isByNamespace: true,
	read: ({breakdowns}) => breakdowns[breakdown].map(tally => ({values: tally.values, value: read(tally)})),
});

const ofAcceptQueues = (family: Described, read: (queue: AcceptQueue) => number): ReadFamily => ({
	...family,
	labels: acceptQueueLabels,
	isByNamespace: true,
	read: ({acceptQueues}) => acceptQueues.map(queue => ({values: queue.values, value: read(queue)})),
});

const counts = (read: (reading: Reading) => readonly Counted[]) => (reading: Reading): readonly Point[] =>
	read(reading).map(({values, count}) => ({values, value: count}));

const ofPorts = (family: Described, read: (ports: PortUse) => number): ReadFamily => ({
	...family,
	labels: [],
	read: ({ports}) => [{values: [], value: read(ports)}],
});

/** A family without labels, about the program itself. */
const ofProgram = (family: Described, read: (own: OwnState) => number): ReadFamily => ({
	...family,
	labels: [],
	read: ({own}) => [{values: [], value: read(own)}],
});

/** A family about the OTLP export. */
const ofExport = (family: Described, read: (exported: ExportState) => number): ReadFamily => ({
	...family,
	labels: [],
	isOfExport: true,
	read: ({own: {exported}}) => exported === undefined ? [] : [{values: [], value: read(exported)}],
});

/** The byte counters of a breakdown. */
const bytesOf = (breakdown: BreakdownName, prefix: string, by: string): readonly ReadFamily[] => [
	byBreakdown(breakdown, {
		name: `${prefix}_sent`, unit: 'bytes', type: 'counter', meaning: `Payload bytes sent, without retransmissions, by ${by}.`,
	}, ({bytesSent}) => bytesSent),
	byBreakdown(breakdown, {
		name: `${prefix}_received`, unit: 'bytes', type: 'counter', meaning: `Payload bytes received, by ${by}.`,
	}, ({bytesReceived}) => bytesReceived),
	byBreakdown(breakdown, {
		name: `${prefix}_retransmitted`, unit: 'bytes', type: 'counter', meaning: `Payload bytes that were sent again, by ${by}.`,
	}, ({bytesRetransmitted}) => bytesRetransmitted),
];

const connectionsOf = (breakdown: BreakdownName, prefix: string, by: string): readonly ReadFamily[] => [
	byBreakdown(breakdown, {
		name: prefix, type: 'gauge', meaning: `Connections at the moment, without those in TIME-WAIT, by ${by}.`,
	}, ({connections}) => connections),
	byBreakdown(breakdown, {
		name: `${prefix}_opened`, type: 'counter', meaning: `Connections that opened since the start, also between two samples, by ${by}.`,
	}, ({opened}) => opened),
	byBreakdown(breakdown, {
		name: `${prefix}_closed`, type: 'counter', meaning: `Connections that closed since the start, also between two samples, by ${by}.`,
	}, ({closed}) => closed),
];

const service = 'port of the service and direction';
const owner = 'unit, container, process and direction';
const network = 'network of the peer and direction';

/** All families, in the order in which they are written. */
export const families: readonly Family[] = [
	{
		name: 'sockets', type: 'gauge', meaning: 'Sockets by transport and state.', labels: ['transport', 'state'], read: counts(({sockets}) => sockets),
	},
	...connectionsOf('service', 'connections', service),
	...bytesOf('service', 'service', service),
	...connectionsOf('owner', 'owner_connections', owner),
	...bytesOf('owner', 'owner', owner),
	byBreakdown('peer', {
		name: 'peer_connections', type: 'gauge', meaning: `Connections at the moment, without those in TIME-WAIT, by ${network}.`,
	}, ({connections}) => connections),
	...bytesOf('peer', 'peer', network),
	{
		name: 'closes', type: 'counter', meaning: 'TCP connections that closed since the start, by unit and reason.', labels: ['unit', 'reason'],
		read: counts(({closed}) => closed),
	},
	ofAcceptQueues({name: 'accept_queue_length', type: 'gauge', meaning: 'Connections that wait for accept, by port of the listeners.'}, ({length}) => length),
	ofAcceptQueues({name: 'accept_queue_limit', type: 'gauge', meaning: 'Limit of the connections that wait for accept, by port of the listeners.'}, ({limit}) => limit),
	ofAcceptQueues({
		name: 'accept_queue_fill', unit: 'ratio', type: 'gauge', meaning: 'How full the fullest accept queue of a port is: 1 is its limit.',
	}, ({fill}) => fill),
	ofAcceptQueues({
		name: 'accept_queue_drops', type: 'counter', meaning: 'Connections that the kernel dropped because an accept queue was full, by port of the listeners.',
	}, ({drops}) => drops),
	ofPorts({
		name: 'ephemeral_ports', type: 'gauge', meaning: 'Local ports that the kernel chooses from (net.ipv4.ip_local_port_range).',
	}, ({size}) => size),
	ofPorts({
		name: 'ephemeral_ports_used', type: 'gauge',
		meaning: 'Local ports that connections to one peer address and port use, those in TIME-WAIT included: of the destination with the fewest left.',
	}, ({used}) => used),
	ofPorts({
		name: 'ephemeral_ports_left', unit: 'seconds', type: 'gauge',
		meaning: 'Time until that destination has no port left, at the rate since the last reading; +Inf if it gets no worse.',
	}, ({left}) => left),
	{
		name: 'problem_sockets', type: 'gauge', meaning: 'Sockets with a health problem, by problem.', labels: ['problem'], read: counts(({problems}) => problems),
	},
	{
		name: 'connection_duration', unit: 'seconds', type: 'histogram', observed: 'duration', labels: ['direction'],
		meaning: 'How long TCP connections lived that have closed; of those that existed before the start, nothing is counted.',
		buckets: [0.001, 0.01, 0.1, 1, 10, 60, 600, 3600, 86_400],
	},
	{
		name: 'connection_transferred', unit: 'bytes', type: 'histogram', observed: 'bytes', labels: ['direction'],
		meaning: 'Payload bytes in both directions of TCP connections that have closed.',
		buckets: [100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000],
	},
	{
		name: 'connection_rtt', unit: 'seconds', type: 'histogram', observed: 'rtt', labels: ['direction'],
		meaning: 'Last smoothed round-trip time of TCP connections that have closed.',
		buckets: [0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
	},
	{
		name: 'build_info', type: 'gauge', meaning: 'Always 1; the label is the version of conntop.', labels: ['version'],
		read: ({own}) => [{values: [own.version], value: 1}],
	},
	ofProgram({name: 'samples', type: 'counter', meaning: 'Samples taken.'}, ({samples}) => samples),
	ofProgram({name: 'failed_samples', type: 'counter', meaning: 'Samples that failed, in whole or in part.'}, ({failedSamples}) => failedSamples),
	ofProgram({
		name: 'sample_cpu', unit: 'seconds', type: 'gauge', meaning: 'Processor time of the last sample.',
	}, ({sampleSeconds}) => sampleSeconds),
	ofProgram({
		name: 'sample_interval', unit: 'seconds', type: 'gauge', meaning: 'Time between two samples: the requested one, or longer while samples are expensive.',
	}, ({interval}) => interval),
	ofProgram({
		name: 'last_sample_timestamp', unit: 'seconds', type: 'gauge', meaning: 'Time of the last sample, in seconds since 1970.',
	}, ({sampledAt}) => sampledAt),
	ofProgram({
		name: 'start_timestamp', unit: 'seconds', type: 'gauge', meaning: 'Time of the start of conntop, in seconds since 1970.',
	}, ({startedAt}) => startedAt),
	ofProgram({
		name: 'cpu', unit: 'seconds', type: 'counter', meaning: 'Processor time of conntop.',
	}, ({processorSeconds}) => processorSeconds),
	ofProgram({
		name: 'resident_memory', unit: 'bytes', type: 'gauge', meaning: 'Resident memory of conntop.',
	}, ({residentMemory}) => residentMemory),
	ofProgram({
		name: 'dropped_events', type: 'counter',
		meaning: 'Destroy events that the kernel dropped: as many closed connections may be missing from the counts, or their last bytes.',
	}, ({droppedEvents}) => droppedEvents),
	ofProgram({
		name: 'missed_entries', type: 'counter', meaning: 'Changes of sockets that were too many to be kept: they are missing from the close reasons and histograms.',
	}, ({missedEntries}) => missedEntries),
	ofProgram({
		name: 'short_lived_connections', type: 'counter', meaning: 'Connections that opened and closed between two samples. They are in all counts.',
	}, ({shortLived}) => shortLived),
	ofProgram({name: 'hidden_owners', type: 'gauge', meaning: 'Sockets whose process is hidden by missing privileges.'}, ({hiddenOwners}) => hiddenOwners),
	{
		name: 'folded_label_sets', type: 'gauge', meaning: 'Combinations of labels beyond the limit of a family, which are counted as `other`.', labels: ['family'],
		read: counts(({folded}) => folded),
	},
	ofExport({name: 'exported_records', type: 'counter', meaning: 'Log records of closed connections that a receiver has accepted; with `--otlp`.'}, ({sent}) => sent),
	ofExport({
		name: 'dropped_records', type: 'counter', meaning: 'Log records of closed connections that were given up, because no receiver accepted them; with `--otlp`.',
	}, ({dropped}) => dropped),
	ofExport({name: 'queued_records', type: 'gauge', meaning: 'Log records that wait to be exported; with `--otlp`.'}, ({queued}) => queued),
	ofExport({name: 'failed_exports', type: 'counter', meaning: 'Exports that failed, after their retries; with `--otlp`.'}, ({failures}) => failures),
];
