/** Files of another user, for tests of what must not be changed, read or followed. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {makeFolder} from './folder.js';
import {testUnless} from './unless.js';

/** A user id that needs no account. */
export const otherUser = 54_321;

const oneUser = ((): string | undefined => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-user-'));
	try {
		fs.lchownSync(folder, otherUser, otherUser);
		return undefined;
	} catch {
		return 'only root can give files to another user';
	} finally {
		fs.rmdirSync(folder);
	}
})();

/** Creates a home that belongs to another user. */
export const makeForeignHome = (t: ExecutionContext): string => {
	const home = makeFolder(t);
	giveAway(home);
	return home;
};

/** Gives a file, folder or link to another user. */
export const giveAway = (file: string): void => {
	fs.lchownSync(file, otherUser, otherUser);
};

/** Declares a test that needs two users. */
export const testWithTwoUsers = (title: string, body: (t: ExecutionContext) => void | Promise<void>): void => {
	testUnless(oneUser, title, body);
};
