/**
Binds UNIX sockets to names of any bytes and keeps them until its standard input closes. Arguments: the title of the process (empty to leave it
unchanged), then the names, all in hexadecimal; then `--` and anything else that the command line is to contain.
*/
import {Buffer} from 'node:buffer';
import process from 'node:process';
import {bindUnix} from '../helpers/raw-sockets.js';

const words = process.argv.slice(2);
const [title, ...names] = words.slice(0, words.includes('--') ? words.indexOf('--') : undefined).map(hex => Buffer.from(hex, 'hex'));
if (title.length > 0) {
	process.title = title.toString();
}

for (const name of names) {
	bindUnix(name);
}

process.stdout.write('ready\n');
process.stdin.resume();
