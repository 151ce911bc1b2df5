/** What is known of a socket that is inspected: from the table of all sockets, and from the one that holds all columns of this one. */
import {readCell, readTone} from '../../fields/model/cell.js';
import type {Field, FieldValue, World} from '../../fields/model/field.js';
import {explainHealth} from '../../fields/explain-health.js';
import {cookieText} from '../../fields/records/identity.js';
import {fields, findField} from '../../fields/registry.js';
import {labelCgroup} from '../../names/cgroup-labels.js';
import type {Owner} from '../../owners/owner.js';
import type {ProcessBackground} from '../../owners/process-background.js';
import {shownName} from '../../owners/process-details.js';
import type {Examination} from '../../sources/source.js';
import {stateName} from '../../table/columns/states.js';
import type {
	InspectedFarEnd,
	InspectedHealth,
	InspectedOwner,
	InspectedValue,
} from '../../contract/inspected.js';

export type Subject = {
	readonly world: World;
	readonly slot: number;
	/** Absent where the socket cannot be read by itself. */
	readonly examination?: Examination;
};

type ReadBackground = ((owner: Owner) => ProcessBackground | undefined) | undefined;

/** Where to look for a value, one place after the other. What needs no optional columns stands in the table of all sockets. */
const placesOf = ({world, slot, examination}: Subject, {columns}: Field): ReadonlyArray<readonly [world: World, slot: number]> =>
	examination === undefined || columns === undefined ? [[world, slot]] : [[world, slot], [{...world, table: examination.table}, examination.slot]];

const readField = (subject: Subject, field: Field): InspectedValue | undefined => {
	for (const [world, slot] of placesOf(subject, field)) {
		const value = readCell(field, world, slot);
		if (value !== undefined && !isNaNValue(value)) {
			const tone = readTone(field, world, slot);
			return {id: field.id, value, ...(tone !== undefined && {tone})};
		}
	}

	return undefined;
};

const isNaNValue = (value: FieldValue): boolean => typeof value === 'number' && Number.isNaN(value);

/** Every field that the socket has, in the order of the registry. */
export const readValues = (subject: Subject): readonly InspectedValue[] =>
	fields.map(field => readField(subject, field)).filter(value => value !== undefined);

/**
What is wrong with the socket. Where the samples make no verdicts, because no column shows them, the table of this one socket does, from the readings that it was
opened with.
*/
export const readHealth = (subject: Subject): InspectedHealth | undefined => {
	const field = findField('health');
	for (const [world, slot] of field === undefined ? [] : placesOf(subject, field)) {
		const verdict = field?.read(world, slot);
		const explanation = explainHealth(world, slot);
		if (field !== undefined && typeof verdict === 'string' && explanation !== undefined) {
			const tone = readTone(field, world, slot);
			return {verdict, explanation, ...(tone !== undefined && {tone})};
		}
	}

	return undefined;
};

/** The number that a field tells, by its id. */
export const readNumber = (subject: Subject, id: string): number | undefined => {
	const field = findField(id);
	const value = field && readField(subject, field)?.value;
	return typeof value === 'number' ? value : undefined;
};

/** Those who hold the socket, each process once. */
export const readOwners = ({world, slot}: Subject, background: ReadBackground): readonly InspectedOwner[] =>
	describeOwners(world, world.owners.of(world.table.core.owners[slot]), background);

/** The other end, where it is or was on this machine. */
export const readFarEnd = ({world, slot}: Subject, background: ReadBackground): InspectedFarEnd | undefined => {
	const {table: {core, pairs}} = world;
	if (!pairs.isLocal(slot)) {
		return undefined;
	}

	const far = pairs.farEnd(slot);
	const cookie = far === -1 ? undefined : cookieText(world, far);
	return {
		isItself: far === slot,
		...(far !== -1 && {id: core.id[far], state: stateName(core.state[far])}),
		...(cookie !== undefined && {cookie}),
		owners: describeOwners(world, world.owners.of(pairs.farOwners(slot)), background),
	};
};

/** Of more processes than these only names are told: each costs some files of /proc. */
const mostDescribed = 16;

const describeOwners = (world: World, owners: readonly Owner[], background: ReadBackground): readonly InspectedOwner[] => {
	const byProcess = Map.groupBy(owners, ({pid}) => pid);
	return byProcess.values().map((holdings, index) => {
		const [owner] = holdings;
		const {commandLine, uid, ancestors = [], cgroup} = (index < mostDescribed ? background?.(owner) : undefined) ?? {};
		return {
			pid: owner.pid,
			name: shownName(owner, world.processDetails),
			descriptors: holdings.map(({fd}) => fd).filter(fd => fd !== undefined),
			...(commandLine !== undefined && {commandLine}),
			...(uid !== undefined && {user: world.userName(uid) ?? String(uid)}),
			ancestors,
			...(cgroup !== undefined && labelCgroup(cgroup)),
		};
	}).toArray();
};
