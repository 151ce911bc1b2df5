import {compileBytecode} from '../../netlink/bytecode.js';
import {allStates, type DumpRequest} from '../../netlink/inet-request.js';
import {Family} from '../../addresses/family.js';
import type {Restriction} from '../../table/socket-condition.js';
import {State} from '../../table/columns/states.js';

/** Bit of the state CLOSE. */
export const closedState = 1 << State.unconnected;

/** Bit of the state LISTEN. */
export const listening = 1 << State.listen;

export const bothFamilies = [Family.inet, Family.inet6] as const;

/** No restriction: all sockets of a protocol. */
export const unrestricted: Restriction = {families: bothFamilies, states: allStates, condition: undefined};

/** Whether a restriction leaves nothing out. */
export const isUnrestricted = ({families, states, condition}: Restriction): boolean =>
	families.length === bothFamilies.length && (states & allStates) === allStates && condition === undefined;

/** The parameters of dumps of IP sockets. */
export type Asked = Pick<DumpRequest, 'states' | 'extensions' | 'bytecode'> & {readonly families: readonly number[]};

/** The dump parameters for a restricted sample. */
export const askFor = ({families, states, condition}: Restriction, extensions: number): Asked => ({
	families, states: states & allStates, extensions, bytecode: condition && compileBytecode(condition),
});
