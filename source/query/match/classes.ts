import {Family} from '../../addresses/family.js';
import {Protocol, protocolNames} from '../../table/columns/protocols.js';
import {isGoneTcp} from '../../table/columns/short-lived.js';
import {isSick} from '../../table/health/problems.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {Classes} from '../query.js';
import {filterByColumn, type SelectionFilter} from './selection-filter.js';

const flags = (numbers: readonly number[]): Uint8Array => {
	const set = new Uint8Array(256);
	for (const number of numbers) {
		set[number] = 1;
	}

	return set;
};

const all = new Uint8Array(256).fill(1);

/** 1 for the numbers of health problems that are faults. */
const sickFlags = Uint8Array.from({length: 256}, (_, healthProblem) => isSick(healthProblem) ? 1 : 0);

/** The IP version limits only IP sockets. */
const flagsOfFamilies = (families: readonly number[]): Uint8Array => {
	const set = Uint8Array.from(all);
	set[Family.inet] = 0;
	set[Family.inet6] = 0;
	for (const family of families) {
		set[family] = 1;
	}

	return set;
};

/** Compiles the toggles to a filter that keeps the sockets they show. Undefined if they show all. */
export const compileClasses = ({protocols, families, states, problems}: Classes): ((table: SocketTable) => SelectionFilter) | undefined => {
	if (protocolNames.every(name => protocols.includes(name)) && families.length === 0 && states.length === 0 && problems !== true) {
		return undefined;
	}

	const protocolFlags = flags(protocols.map(name => Protocol[name]));
	if (families.length === 0 && states.length === 0 && problems !== true) {
		// As at the start of the program: only one column needs to be read.
		return ({core}) => filterByColumn(core.protocol, protocolFlags);
	}

	const familyFlags = families.length === 0 ? all : flagsOfFamilies(families);
	// A socket of unknown state matches no set of states.
	const stateFlags = states.length === 0 ? all : flags(states);
	const areStatesChosen = states.length > 0;
	return table => {
		const {core} = table;
		const {protocol, family, state} = core;
		const healthProblems = problems === true ? table.optional('healthProblem') : undefined;
		return (slots, count) => {
			let kept = 0;
			for (let index = 0; index < count; index++) {
				const slot = slots[index];
				slots[kept] = slot;
				kept += protocolFlags[protocol[slot]] & familyFlags[family[slot]] & stateFlags[state[slot]] & (areStatesChosen && isGoneTcp(core, slot) ? 0 : 1)
					& (healthProblems === undefined ? 1 : sickFlags[healthProblems[slot]]);
			}

			return kept;
		};
	};
};
