/**
Binds UNIX sockets to names of any bytes and keeps them until its standard input ends. Arguments: what the process calls itself, then names, all in
hexadecimal.
*/
import {Buffer} from 'node:buffer';
import process from 'node:process';
import {bindUnix} from '../helpers/raw-sockets.js';

const [title, ...names] = process.argv.slice(2).map(hex => Buffer.from(hex, 'hex'));
process.title = title.toString();
for (const name of names) {
	bindUnix(name);
}

process.stdout.write('ready\n');
process.stdin.resume();
