/** Replaces names and addresses in a life by pseudonyms. */
import {formatAddress, parseAddress} from '../../addresses/address.js';
import {Family} from '../../addresses/family.js';
import type {RecordedLife} from '../archive/shard-reader.js';
import type {LifeRow} from '../store/lives.js';
import type {Pseudonyms} from './pseudonyms.js';
import {redactCgroup} from './redact-table.js';

const redactEnd = (text: string, {address, name}: Pseudonyms): string => {
	const bytes = new Uint8Array(16);
	const family = parseAddress(text, bytes, 0);
	if (family === undefined) {
		return name('name', text);
	}

	address(bytes, 0, family === Family.inet6 ? 16 : 4);
	return formatAddress(bytes, 0, family);
};

const single = <Name extends string, Value>(key: Name, value: Value): Record<Name, Value> => {
	const record = {[key]: value};
	return record as Record<Name, Value>;
};

export const redactLife = (life: RecordedLife, pseudonyms: Pseudonyms): LifeRow => {
	const text = <Name extends string>(key: Name, column: string, redact: (value: string) => string): Partial<Record<Name, string>> => {
		const value = life[column];
		return typeof value === 'string' ? single(key, redact(value)) : {};
	};

	const number = <Name extends string>(key: Name, column: string): Partial<Record<Name, number>> => {
		const value = life[column];
		return value === null || value === undefined ? {} : single(key, Number(value));
	};

	const named = (kind: string) => (value: string): string => pseudonyms.name(kind, value);
	const same = (value: string): string => value;
	return {
		socket: Number(life.socket),
		opened: Number(life.opened),
		isOlder: Number(life.is_older) !== 0,
		isShort: Number(life.is_short) !== 0,
		otherOwners: Number(life.other_owners),
		protocol: String(life.protocol),
		...(typeof life.cookie === 'bigint' && {cookie: life.cookie}),
		...number('closed', 'closed'),
		...number('localPort', 'local_port'),
		...number('peerPort', 'peer_port'),
		...number('pid', 'pid'),
		...number('uid', 'uid'),
		...number('sent', 'sent'),
		...number('received', 'received'),
		...number('rtt', 'rtt'),
		...number('retransmits', 'retransmits'),
		...text('state', 'state', same),
		...text('reason', 'reason', same),
		...text('local', 'local', value => redactEnd(value, pseudonyms)),
		...text('peer', 'peer', value => redactEnd(value, pseudonyms)),
		...text('process', 'process', named('process')),
		...text('user', 'user', named('user')),
		...text('namespace', 'namespace', named('namespace')),
		...text('container', 'container', named('container')),
		...text('cgroup', 'cgroup', value => redactCgroup(value, pseudonyms)),
		...text('unit', 'unit', value => redactCgroup(value, pseudonyms)),
	};
};
