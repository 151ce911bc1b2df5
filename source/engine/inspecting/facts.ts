/** Reads what is known about the inspected socket: from the table of all sockets, and from the table that holds all columns of this one. */
import {readCell, readTone} from '../../fields/model/cell.js';
import type {Field, FieldValue, FieldContext} from '../../fields/model/field.js';
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
	InspectedOtherEnd,
	InspectedHealth,
	InspectedOwner,
	InspectedValue,
} from '../../contract/inspected.js';

export type Subject = {
	readonly context: FieldContext;
	readonly slot: number;
	/** Absent if the socket cannot be read on its own. */
	readonly examination?: Examination;
};

type ReadBackground = ((owner: Owner) => ProcessBackground | undefined) | undefined;

/** Where to read a field, in order. Fields without optional columns are in the table of all sockets. */
const locationsOf = ({context, slot, examination}: Subject, {columns}: Field): ReadonlyArray<readonly [context: FieldContext, slot: number]> =>
	examination === undefined || columns === undefined ? [[context, slot]] : [[context, slot], [{...context, table: examination.table}, examination.slot]];

const readField = (subject: Subject, field: Field): InspectedValue | undefined => {
	for (const [context, slot] of locationsOf(subject, field)) {
		const value = readCell(field, context, slot);
		if (value !== undefined && !isNaNValue(value)) {
			const tone = readTone(field, context, slot);
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
The health problem of the socket. If the samples do not look for problems, because no column shows them, the table of this one socket does, from the readings
since it was opened.
*/
export const readHealth = (subject: Subject): InspectedHealth | undefined => {
	const field = findField('health');
	for (const [context, slot] of field === undefined ? [] : locationsOf(subject, field)) {
		const healthProblem = field?.read(context, slot);
		const explanation = explainHealth(context, slot);
		if (field !== undefined && typeof healthProblem === 'string' && explanation !== undefined) {
			const tone = readTone(field, context, slot);
			return {healthProblem, explanation, ...(tone !== undefined && {tone})};
		}
	}

	return undefined;
};

/** The value of a numeric field, by its id. */
export const readNumber = (subject: Subject, id: string): number | undefined => {
	const field = findField(id);
	const value = field && readField(subject, field)?.value;
	return typeof value === 'number' ? value : undefined;
};

/** The owners of the socket, each process once. */
export const readOwners = ({context, slot}: Subject, background: ReadBackground): readonly InspectedOwner[] =>
	describeOwners(context, context.owners.of(context.table.core.owners[slot]), background);

/** The other end, if it is or was on this machine. */
export const readOtherEnd = ({context, slot}: Subject, background: ReadBackground): InspectedOtherEnd | undefined => {
	const {table: {core, pairs}} = context;
	if (!pairs.isLocal(slot)) {
		return undefined;
	}

	const far = pairs.otherEnd(slot);
	const cookie = far === -1 ? undefined : cookieText(context, far);
	return {
		isItself: far === slot,
		...(far !== -1 && {id: core.id[far], state: stateName(core.state[far])}),
		...(cookie !== undefined && {cookie}),
		owners: describeOwners(context, context.owners.of(pairs.farOwners(slot)), background),
	};
};

/** Limit of processes with details; beyond it only names are given, because details take several files of /proc each. */
const maxDescribed = 16;

const describeOwners = (context: FieldContext, owners: readonly Owner[], background: ReadBackground): readonly InspectedOwner[] => {
	const byProcess = Map.groupBy(owners, ({pid}) => pid);
	return byProcess.values().map((holdings, index) => {
		const [owner] = holdings;
		const {commandLine, uid, ancestors = [], cgroup} = (index < maxDescribed ? background?.(owner) : undefined) ?? {};
		return {
			pid: owner.pid,
			name: shownName(owner, context.processDetails),
			descriptors: holdings.map(({fd}) => fd).filter(fd => fd !== undefined),
			...(commandLine !== undefined && {commandLine}),
			...(uid !== undefined && {user: context.userName(uid) ?? String(uid)}),
			ancestors,
			...(cgroup !== undefined && labelCgroup(cgroup)),
		};
	}).toArray();
};
