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

/** All sockets of a protocol. */
export const unrestricted: Restriction = {families: bothFamilies, states: allStates, condition: undefined};

/** Whether nothing is left out. */
export const isWhole = ({families, states, condition}: Restriction): boolean =>
	families.length === bothFamilies.length && (states & allStates) === allStates && condition === undefined;

/** What dumps of sockets of IP ask for. */
export type Asked = Pick<DumpRequest, 'states' | 'extensions' | 'bytecode'> & {readonly families: readonly number[]};

/** The dumps of a sample that is restricted. */
export const askFor = ({families, states, condition}: Restriction, extensions: number): Asked => ({
	families, states: states & allStates, extensions, bytecode: condition && compileBytecode(condition),
});
