/** Searches for the owners of a socket as the user nobody, and prints the result as JSON. */
import process from 'node:process';
import {createOwnerFinder} from '../../source/owners/owner-finder.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {createProc} from '../../source/owners/create-proc.js';
import {tableOf} from './table-of.js';

const nobody = 65_534;

const proc = await createProc();
process.setgroups?.([]);
process.setgid?.(nobody);
process.setuid?.(nobody);
const {table, changes, slots} = tableOf([Number(process.argv[2])]);
const owners = createOwnerSets();
const finder = createOwnerFinder({proc, owners, now: () => performance.now()});
finder.update(table, changes, Infinity);
process.stdout.write(JSON.stringify({hidden: finder.hidden, owners: owners.of(table.core.owners[slots[0]])}));
