/** Parses IP endpoints as `ss` prints them: `127.0.0.1:80`, `[::1]%lo:80`, `*:*`. */
import {parseAddress} from '../../addresses/address.js';
import type {FamilyNumber} from '../../addresses/family.js';

export type InetEndpoint = {
	/** Undefined for `*`, which is the wildcard of either family. */
	readonly family: FamilyNumber | undefined;
	/** 0 for `*`. */
	readonly port: number;
	/** The interface that the socket is bound to or that scopes its address; empty if none. */
	readonly interfaceName: string;
};

/** Brackets are printed since 4.13. */
const form = /^(?:\[(?<bracketed>[^%\]]*)\]|(?<bare>[^%\[\]]+))(?:%(?<interfaceName>[^:]+))?:(?<port>\d{1,5}|\*)$/v;

/** Parses an endpoint, and writes its address into 16 bytes. Returns undefined if the text is not an endpoint. */
export const readInetEndpoint = (text: string, address: Uint8Array): InetEndpoint | undefined => {
	const groups = form.exec(text)?.groups;
	const port = groups?.port === '*' ? 0 : Number(groups?.port);
	if (groups === undefined || port > 0xFF_FF) {
		return undefined;
	}

	const {bracketed, bare, interfaceName = ''} = groups;
	address.fill(0);
	if (bare === '*') {
		return {family: undefined, port, interfaceName};
	}

	const family = parseAddress(bracketed ?? bare, address, 0);
	return family === undefined ? undefined : {family, port, interfaceName};
};
