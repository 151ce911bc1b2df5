/** Opens raw sockets, runs the program in its arguments, and exits with its exit code. */
import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {bindSocket, openSocket} from '../helpers/other-sockets.js';

const [inet, inet6, raw] = [2, 10, 3];
const loopback = Uint8Array.of(inet, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
const loopback6 = Buffer.alloc(28);
loopback6[0] = inet6;
loopback6[23] = 1;

openSocket(inet, raw, 1);
bindSocket(openSocket(inet, raw, 6), loopback);
bindSocket(openSocket(inet6, raw, 58), loopback6);
openSocket(inet6, raw, 255);

const [program = '', ...programArguments] = process.argv.slice(2);
const {status} = spawnSync(program, programArguments, {stdio: 'inherit'});
// eslint-disable-next-line unicorn/no-process-exit -- Exiting closes the sockets.
process.exit(status ?? 1);
